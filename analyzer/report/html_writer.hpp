// The comparison as a page for people: one HTML file that opens offline.
#pragma once

#include <span>

#include "compare/comparison_row.hpp"
#include "compare/sketch_verdict.hpp"
#include "core/byte_sink.hpp"
#include "report/report_context.hpp"

namespace stream_analyzer {

/// Windows in the tables under the charts, of all lengths together; fewer where there are so many
/// sketches that the tables would have more cells than this.
inline constexpr std::size_t kHtmlWindows = 60;
inline constexpr std::size_t kHtmlCells = 1'500;

/// Strips of errors, of all lengths together: more canvases are more than a phone's memory takes.
/// Of more sketches the first ones are drawn; the tables have all.
inline constexpr std::size_t kHtmlStrips = 48;

/// Values that the charts hold at most, of all lengths and sketches together: each takes some 35
/// bytes, and Chart.js has 200 KB. Beyond that windows are thinned (compare/chart_points.hpp).
inline constexpr std::size_t kHtmlPoints = 16'000;

/// More than this many windows on one line are more than pixels on a screen.
inline constexpr std::size_t kHtmlLinePoints = 2'000;

/// Writes the page: verdict in words, inputs and rejects, for each length of windows the charts of
/// counts and errors with a table under each, the worst windows, how to reproduce. Its size does
/// not grow with the number of windows. `context.summary` must not be null.
void write_html(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                const ReportContext& context, ByteSink& sink);

}  // namespace stream_analyzer
