// Where each sketch was most wrong.
#pragma once

#include <cstddef>
#include <vector>

#include "compare/comparison_row.hpp"

namespace stream_analyzer {

/// For each sketch the windows (indexes) of a length with its largest |relative error|, largest
/// first, the earliest of equal ones first; at most `limit`, and none without an error. O(windows *
/// sketches) time, O(limit) memory a sketch.
[[nodiscard]] std::vector<std::vector<std::size_t>> worst_windows(const ComparisonRows& rows,
                                                                  std::size_t length,
                                                                  std::size_t limit);

}  // namespace stream_analyzer
