#include "sketch/hyperloglog_estimator.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>

namespace stream_analyzer {

double hyperloglog_tau(double x) {
    if (x <= 0 || x >= 1) return 0;  // the limits of the sum
    double sum = 1 - x;
    double previous = 0;
    double weight = 1;
    do {
        previous = sum;
        x = std::sqrt(x);
        weight /= 2;
        sum -= (1 - x) * (1 - x) * weight;
    } while (sum != previous);
    return sum / 3;
}

double hyperloglog_estimate(const RankHistogram& histogram, int precision, int q) {
    const auto registers = std::ldexp(1.0, precision);
    const auto at = [&](int rank) {
        return static_cast<double>(histogram[static_cast<std::size_t>(rank)]);
    };
    if (at(0) == registers) return 0;  // sigma(1) is infinite
    if (at(q + 1) == registers) return std::numeric_limits<double>::infinity();

    // Horner's scheme from the highest rank down: every halving is exact.
    double sum = registers * hyperloglog_tau(1 - at(q + 1) / registers);
    for (int rank = q; rank >= 1; --rank)
        sum = (sum + at(rank)) / 2;
    // The tau term was added before rank q was: it has been halved q times, as it should be.
    sum += registers * hyperloglog_sigma(at(0) / registers);
    return registers * registers / (2 * std::numbers::ln2) / sum;
}

}  // namespace stream_analyzer
