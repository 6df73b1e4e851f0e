// The comparison as Markdown, to paste into a report.
#pragma once

#include <cstddef>
#include <span>

#include "compare/comparison_row.hpp"
#include "compare/notable_windows.hpp"
#include "compare/sketch_verdict.hpp"
#include "core/byte_sink.hpp"

namespace stream_analyzer {

/// How many windows a Markdown file shows: more than the terminal, but still for people.
inline constexpr std::size_t kMarkdownWindows = 100;

/// Writes a table of verdicts and, for each length, a table of `windows` (notable_windows(rows,
/// kMarkdownWindows)) in GitHub's dialect. Ratios are in percent.
void write_markdown(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                    std::span<const NotableWindow> windows, ByteSink& sink);

}  // namespace stream_analyzer
