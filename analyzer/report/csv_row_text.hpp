// The columns that both CSV layouts share.
#pragma once

#include <string>

#include "compare/comparison_row.hpp"

namespace stream_analyzer {

/// Appends "window,window_start,complete,records,exact,exact_bytes".
void append_window_columns(std::string& line, const ComparisonRow& row);

/// Appends ",sketch_bytes,estimate,error,relative_error,predicted_rse,z,saturated".
void append_sketch_columns(std::string& line, const ComparisonRow& row);

}  // namespace stream_analyzer
