// The table of verdicts, for the terminal and for Markdown.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compare/sketch_verdict.hpp"
#include "report/text_grid.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

/// One row a verdict. Columns that would be the same in every row are left out: the window's length
/// when there is only one, the errors when there is no ground truth, the windows counted when none
/// was left out.
[[nodiscard]] std::vector<TextColumn> verdict_columns(std::span<const SketchVerdict> verdicts,
                                                      const TextStyle& style);

/// A sentence on the windows for which theory has nothing, when they leave a verdict without; else
/// empty.
[[nodiscard]] std::string missing_theory_note(std::span<const SketchVerdict> verdicts,
                                              const TextStyle& style);

}  // namespace stream_analyzer
