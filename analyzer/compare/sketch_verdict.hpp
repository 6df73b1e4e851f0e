// How good a sketch was over all windows of one length.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compare/comparison_row.hpp"
#include "core/event_time.hpp"

namespace stream_analyzer {

/// Errors are relative (fractions). An aggregate over no window is absent, never 0 or NaN.
///
/// The windows of one dump share users and hash: these figures describe the dump (a case study)
/// and are no trials of the sketch. They must not be divided by the root of their number.
struct SketchVerdict {
    std::string window;  ///< label of the length
    std::string sketch;
    std::uint64_t sketch_bytes = 0;

    /// windows = counted + saturated + without_truth. The errors are over `counted`.
    std::uint64_t windows = 0;
    std::uint64_t counted = 0;
    std::uint64_t saturated = 0;  ///< left out: the sketch was full and has no estimate
    /// Left out: no exact count, or none to divide by (exact = 0), or an estimate without bounds.
    std::uint64_t without_truth = 0;

    std::optional<double> bias;                 ///< mean of the signed errors
    std::optional<double> rmse;                 ///< root of the mean squared error
    std::optional<double> mean_absolute_error;  ///< mean |e|
    /// Quantiles of |e| by nearest rank: the smallest |e| that at least this share of the counted
    /// windows do not exceed. With fewer than 20 windows p95 is the maximum.
    std::optional<double> p50_absolute_error;
    std::optional<double> p95_absolute_error;
    std::optional<double> max_absolute_error;
    std::optional<double> worst_error;       ///< the signed error behind max_absolute_error
    std::optional<WindowTime> worst_window;  ///< its window; the earliest of several

    /// Theory is of the very windows that the errors are over: the counted ones, or those with an
    /// estimate when there is no ground truth. `predicted` of them have a predicted_rse,
    /// `without_theory` have none (a linear counter that is nearly full). If any has none, the two
    /// averages are absent: of fewer windows they could not stand beside `rmse`.
    std::uint64_t predicted = 0;
    std::uint64_t without_theory = 0;
    std::optional<double> mean_predicted_rse;
    /// Root of the mean of predicted_rse squared: what theory expects of `rmse`.
    std::optional<double> predicted_rmse;

    /// Windows where z is defined (see kLeastNormalError_ids); the rest of `counted` is left out
    /// of the figures below.
    std::uint64_t with_z = 0;
    std::uint64_t within_1_sigma = 0;  ///< windows with |z| <= 1
    std::uint64_t within_2_sigma = 0;  ///< windows with |z| <= 2
    std::optional<double> rms_z;
    std::optional<double> share_within_1_sigma;  ///< of with_z; a normal law gives 0.683
    std::optional<double> share_within_2_sigma;  ///< of with_z; a normal law gives 0.954
};

/// One verdict a window length and sketch, ordered by length, then sketch. Lengths without windows
/// have a verdict too (windows = 0). O(windows * sketches) time, 8 bytes a window of extra memory.
[[nodiscard]] std::vector<SketchVerdict> sketch_verdicts(const ComparisonRows& rows);

}  // namespace stream_analyzer
