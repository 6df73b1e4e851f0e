// From the ranks in a HyperLogLog's registers to a number of ids.
#pragma once

#include <array>
#include <cstdint>

namespace stream_analyzer {

/// How many registers hold each rank; ranks fit 6 bits.
using RankHistogram = std::array<std::uint32_t, 64>;

/// Ertl's improved raw estimator (O. Ertl, "New cardinality estimation algorithms for HyperLogLog
/// sketches", arXiv 1702.01284): one formula for all numbers of ids, without a table or a switch
/// to linear counting. With m = 2^P registers, C_k of them holding rank k, and q the largest rank
/// below the last, which stands for all that would be larger:
///
///   n = m^2 / (2 ln 2) / (m sigma(C_0 / m) + sum_{k=1..q} C_k 2^-k + m 2^-q tau(1 - C_{q+1} / m))
///
/// 0 when all registers are empty, infinite when all hold q + 1. For many ids a register it is
/// biased by (3 ln 2 - 1) / m = 1.08 / m (relative), small against the standard error 1.04/sqrt(m).
[[nodiscard]] double hyperloglog_estimate(const RankHistogram& histogram, int precision, int q);

/// The same for registers that use all of a 64-bit hash: q = 64 - P.
[[nodiscard]] inline double hyperloglog_estimate(const RankHistogram& histogram, int precision) {
    return hyperloglog_estimate(histogram, precision, 64 - precision);
}

/// sigma(x) = x + sum_{k>=1} x^(2^k) 2^(k-1) for 0 <= x < 1: the registers that are still empty.
/// A template because the error model differentiates it; for both it ends when the sum no longer
/// changes.
template <typename Number>
[[nodiscard]] Number hyperloglog_sigma(Number x) {
    Number sum = x;
    Number previous = sum;
    double weight = 1;
    do {
        previous = sum;
        x = x * x;
        sum = sum + x * weight;
        weight += weight;
    } while (!(sum == previous));
    return sum;
}

/// tau(x) = (1 - x - sum_{k>=1} (1 - x^(2^-k))^2 2^-k) / 3 for 0 <= x <= 1: the registers that
/// reached the largest rank.
[[nodiscard]] double hyperloglog_tau(double x);

}  // namespace stream_analyzer
