// The table of chosen windows, for the terminal and for Markdown.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "compare/comparison_row.hpp"
#include "compare/notable_windows.hpp"
#include "report/text_grid.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

struct WindowColumnsChoice {
    std::size_t sketches = 0;    ///< so many of the first sketches
    bool with_estimates = true;  ///< else only the errors (where there is ground truth)
};

/// One row a window of `windows` (all of one length), and a row with an ellipsis wherever windows
/// between two rows are not shown. "~" after a start marks a window that may be incomplete, "*"
/// after an error the largest of its sketch.
[[nodiscard]] std::vector<TextColumn> window_columns(const ComparisonRows& rows,
                                                     std::span<const NotableWindow> windows,
                                                     const WindowColumnsChoice& choice,
                                                     const TextStyle& style);

/// The notes of the sketches, each once.
[[nodiscard]] std::string sketch_notes(const ComparisonRows& rows);

}  // namespace stream_analyzer
