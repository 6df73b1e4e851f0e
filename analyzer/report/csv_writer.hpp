// The long CSV: one row a window and sketch.
#pragma once

#include "compare/comparison_row.hpp"
#include "core/byte_sink.hpp"

namespace stream_analyzer {

/// Writes the header
///
///   window,window_start,complete,records,exact,exact_bytes,sketch,sketch_bytes,estimate,error,
///   relative_error,predicted_rse,z,saturated
///
/// (one line) and a line a row, ordered by window option, start, sketch option. RFC 4180 with LF.
/// Missing values are empty; booleans are `true` and `false`; times are ISO 8601 in UTC; estimate
/// and error have kEstimateDecimals decimals; relative_error and predicted_rse are fractions, and
/// they and z have kRatioDigits significant digits. Without sketches one row a window, its sketch
/// columns empty.
void write_csv(const ComparisonRows& rows, ByteSink& sink);

}  // namespace stream_analyzer
