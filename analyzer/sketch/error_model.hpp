// What theory says about a sketch's error at a given number of ids.
#pragma once

#include <optional>

#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// Relative standard error that `spec` has at `n` distinct ids: for this n, not the asymptote
/// (sketches with n below some ten ids a register are better than it). A fraction: 0.0155 is
/// 1.55 %.
///
/// Linear counting: sqrt(m (e^t - t - 1)) / n with t = n / m (Whang et al. 1990).
///
/// HyperLogLog, UltraLogLog: the delta method on registers that are independent and receive
/// Poisson-many ids, t = n / m each. If n is estimated as a power -s of the registers' mean
/// contribution D, and w is the derivative of D with respect to the share of a register value, then
///
///   rse^2 = s^2 (Var w - t (d E w / dt)^2) / (m D^2),
///
/// where the second term takes away the spread of the Poisson number of ids itself: n is given.
/// It is a first-order theory: good for m of a hundred and more. For n below a few ids the true
/// error is smaller.
///
/// Nothing when n < 1 or not finite; for linear counting also past Whang's limit of
/// m e^-t = 5 expected zero bits, where 0.7 % of the bitmaps are full and give no estimate; for the
/// others past 2^56 ids, where collisions of 64-bit hashes begin to count.
///
/// Costs some hundred nanoseconds (HyperLogLog) to a microsecond (UltraLogLog); no state.
[[nodiscard]] std::optional<double> predicted_rse(const SketchSpec& spec, double n);

}  // namespace stream_analyzer
