// The sections of the HTML report that show the windows of one length.
#pragma once

#include <cstddef>
#include <span>

#include "compare/chart_points.hpp"
#include "compare/comparison_row.hpp"
#include "compare/notable_windows.hpp"
#include "report/html_table.hpp"

namespace stream_analyzer {

/// Worst windows that are listed for each sketch, and for all of them if there are many.
inline constexpr std::size_t kWorstWindows = 5;
inline constexpr std::size_t kWorstWindowsOfAll = 60;

/// For page/analysis.html: what to draw of a length (an index), what is missing in words, and the
/// table under each chart. `shown` are the windows of that length for the tables; charts have the
/// first `drawn` sketches.
[[nodiscard]] PageData html_windows(const ComparisonRows& rows, std::size_t length,
                                    const ChartPoints& points, std::span<const NotableWindow> shown,
                                    std::size_t drawn);

/// The table of the worst windows of each sketch.
[[nodiscard]] std::vector<TextColumn> worst_columns(const ComparisonRows& rows, std::size_t length);

}  // namespace stream_analyzer
