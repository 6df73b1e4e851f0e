// What theory says about a sketch's error at a given number of ids.
#pragma once

#include <cstdint>
#include <optional>

#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// Relative standard error that `spec` has at `n` distinct ids: for this n, not the asymptote
/// (sketches with n below some ten ids a register are better than it). A fraction: 0.0155 is
/// 1.55 %.
///
/// Linear counting: sqrt(m (e^t - t - 1)) / n with t = n / m (Whang et al. 1990).
///
/// HyperLogLog (that of other systems too), UltraLogLog: the delta method on registers that are
/// independent and receive Poisson-many ids, t = n / m each. If n is estimated as a power -s of the
/// registers' mean contribution D, and w is the derivative of D with respect to the share of a
/// register value, then
///
///   rse^2 = s^2 (Var w - t (d E w / dt)^2) / (m D^2),
///
/// where the second term takes away the spread of the Poisson number of ids itself: n is given.
/// It is a first-order theory: good for m of a hundred and more.
///
/// Both count n^2 / 2 pairs of ids that may meet. There are n (n - 1) / 2, which matters for few
/// ids: rse^2 is therefore taken (1 - 1 / n) times. One id alone has no error (but for the bias of
/// the estimate, which is less than one in m).
///
/// Nothing when n < 1 or not finite; for linear counting also past Whang's limit of
/// m e^-t = 5 expected zero bits, where 0.7 % of the bitmaps are full and give no estimate; for the
/// others past 2^56 ids, where collisions of 64-bit hashes begin to count.
///
/// Costs some hundred nanoseconds (HyperLogLog) to a microsecond (UltraLogLog); no state.
[[nodiscard]] std::optional<double> predicted_rse(const SketchSpec& spec, double n);

/// Why predicted_rse is only a first approximation, or nothing, at some number of ids.
enum class TheoryDoubt : std::uint8_t {
    none,           ///< within half a percent of itself (a bitmap of 8 bytes: within 2 %)
    nearly_full,    ///< fewer than 200 empty bits to expect in a linear counter
    few_registers,  ///< HyperLogLog with P below 10, UltraLogLog with P below 7
    no_theory,      ///< predicted_rse is absent
};

/// The bounds are measured, as RMSE of 20,000 to 40,000 trials over predicted_rse. Linear counting
/// with E empty bits to expect (64 B to 8 KiB): 1.13 to 1.16 at E = 8, 1.05 at 20, 1.03 at 30, 1.01
/// at 80 and 1.00 to 1.01 at 200. HyperLogLog: about 1 + 2.7 / 2^P (1.17 for P = 4, 1.02 for 7),
/// UltraLogLog about 1 + 0.55 / 2^P.
[[nodiscard]] TheoryDoubt theory_doubt(const SketchSpec& spec, double n);

}  // namespace stream_analyzer
