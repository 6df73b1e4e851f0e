// The comparison as one JSON document.
#pragma once

#include <span>

#include "compare/comparison_row.hpp"
#include "compare/sketch_verdict.hpp"
#include "core/byte_sink.hpp"

namespace stream_analyzer {

/// Raised when a key disappears or changes its meaning; new keys alone do not raise it.
inline constexpr int kComparisonSchemaVersion = 1;

/// Writes one JSON object with the keys
///
///   schema_version  kComparisonSchemaVersion
///   sketches        [{sketch, sketch_bytes}], in the order of the options
///   verdicts        [{window, sketch, sketch_bytes, windows, counted, saturated, without_truth,
///                   bias, rmse, mean_absolute_error, p50_absolute_error, p95_absolute_error,
///                   max_absolute_error, worst_error, worst_window, predicted, without_theory,
///                   mean_predicted_rse, predicted_rmse, with_z, within_1_sigma, within_2_sigma,
///                   rms_z, share_within_1_sigma, share_within_2_sigma}]: see SketchVerdict
///   windows         [{window, window_start, complete, records, exact, exact_bytes, sketches:
///                   [{sketch, estimate, error, relative_error, predicted_rse, z, saturated}]}]
///
/// one element of an array a line. Missing values are null, ratios fractions, numbers rounded as in
/// the CSV. Text that is not UTF-8 has its bad bytes replaced by U+FFFD.
void write_json(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                ByteSink& sink);

}  // namespace stream_analyzer
