// The comparison on a terminal.
#pragma once

#include <cstddef>
#include <span>

#include "compare/comparison_row.hpp"
#include "compare/notable_windows.hpp"
#include "compare/sketch_verdict.hpp"
#include "core/byte_sink.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

/// How many windows the terminal shows: what fits a screen beside the verdicts.
inline constexpr std::size_t kTableWindows = 20;

/// Writes what was counted, a verdict a sketch, then `windows` (notable_windows(rows,
/// kTableWindows)), and where the rest is to be had. Columns that do not fit style.width are left
/// out, the less telling first.
void write_table(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                 std::span<const NotableWindow> windows, const TextStyle& style, ByteSink& sink);

}  // namespace stream_analyzer
