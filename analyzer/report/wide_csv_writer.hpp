// The wide CSV: one row a window.
#pragma once

#include "compare/comparison_row.hpp"
#include "core/byte_sink.hpp"

namespace stream_analyzer {

/// Writes the columns
///
///   window,window_start,complete,records,exact,exact_bytes
///
/// and then for each sketch, in the order of the options,
///
///   SKETCH_bytes,SKETCH_estimate,SKETCH_error,SKETCH_relative_error,SKETCH_predicted_rse,SKETCH_z,
///   SKETCH_saturated
///
/// with the sketch's name for SKETCH: "hll:12_estimate". Values are those of the long layout, text
/// for text (csv_writer.hpp).
void write_wide_csv(const ComparisonRows& rows, ByteSink& sink);

}  // namespace stream_analyzer
