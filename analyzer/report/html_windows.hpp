// The sections of the HTML report that show the windows of one length.
#pragma once

#include <cstddef>
#include <span>

#include "compare/chart_points.hpp"
#include "compare/comparison_row.hpp"
#include "compare/notable_windows.hpp"
#include "report/html_table.hpp"

namespace stream_analyzer {

/// Worst windows that are listed for each sketch.
inline constexpr std::size_t kWorstWindows = 5;

/// For page/analysis.html: what to draw of a length (an index), what is missing in words, and the
/// table under each chart. `shown` are the windows of that length for the tables.
[[nodiscard]] PageData html_windows(const ComparisonRows& rows, std::size_t length,
                                    const ChartPoints& points,
                                    std::span<const NotableWindow> shown);

/// The table of the worst windows of each sketch; `sketches` of the first ones.
[[nodiscard]] std::vector<TextColumn> worst_columns(const ComparisonRows& rows, std::size_t length);

}  // namespace stream_analyzer
