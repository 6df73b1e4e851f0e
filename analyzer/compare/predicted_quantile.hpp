// How large the errors of a sketch are by theory alone: quantiles, not their root mean square.
#pragma once

#include <optional>

#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// With so many ids of predicted error (n times predicted_rse) errors follow a normal law.
inline constexpr double kLeastSmoothError_ids = 20;

/// How many standard errors hold the share `confidence` of a normal law: 1.96 for 0.95.
[[nodiscard]] double normal_quantile(double confidence);

/// |relative error| that the share `confidence` of the errors of `spec` at `n` ids do not exceed,
/// by theory: normal_quantile times predicted_rse, but from kLeastSmoothError_ids down, with at
/// most one id a bit or register, by a law in steps of an id. There an error is a number of
/// collisions more or fewer than expected, which is Poisson's; the normal law would promise 0.49
/// ids at 64 ids in lc:4KiB, where one trial in 16 has a collision and loses one. A step is taken
/// unless a tenth of what may be beyond is to spare, since theory does not know the chances to the
/// last digit.
///
/// Measured against 10,000 trials of linear counters from 64 B to 200 KiB, HyperLogLog with P from
/// 10 and UltraLogLog with P from 8, at 95 and 99 %: the errors of trials exceed this by at most
/// 12 % where they exceed 0.3 ids, and the normal law by up to 264 %.
///
/// Nothing where predicted_rse is absent.
[[nodiscard]] std::optional<double> predicted_quantile(const SketchSpec& spec, double n,
                                                       double confidence);

}  // namespace stream_analyzer
