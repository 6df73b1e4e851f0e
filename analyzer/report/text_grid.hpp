// Columns of text for people, aligned and fitted to a width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/text_style.hpp"

namespace stream_analyzer {

enum class Emphasis { none, strong, faint, warning };

struct TextCell {
    std::string text;
    Emphasis emphasis = Emphasis::none;
};

enum class Align { left, right };

struct TextColumn {
    std::string header;
    Align align = Align::right;
    /// 0: always shown. Otherwise, where the columns are too wide together, those with the
    /// smallest number are left out first.
    int drop_order = 0;
    std::vector<TextCell> cells;
};

/// Screen columns of UTF-8 text, one a code point: there are no wide characters in our tables.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text` in ANSI colours when `color`, else as it is.
[[nodiscard]] std::string emphasised(std::string_view text, Emphasis emphasis, bool color);

/// Without the droppable columns that do not fit `width` (0: no limit).
[[nodiscard]] std::vector<TextColumn> fitted(std::vector<TextColumn> columns, std::size_t width);

/// Width of the rendered columns.
[[nodiscard]] std::size_t grid_width(const std::vector<TextColumn>& columns);

/// Header and rows, two blanks between columns, no blanks at line ends. All columns have the same
/// number of cells.
[[nodiscard]] std::string grid_text(const std::vector<TextColumn>& columns, bool color);

}  // namespace stream_analyzer
