#include "report/text_grid.hpp"

#include <algorithm>

namespace stream_analyzer {

namespace {

constexpr std::size_t kColumnGap = 2;

std::size_t column_width(const TextColumn& column) {
    std::size_t width = display_width(column.header);
    for (const TextCell& cell : column.cells)
        width = std::max(width, display_width(cell.text));
    return width;
}

void append_cell(std::string& line, std::size_t& pending_blanks, const TextColumn& column,
                 std::size_t width, const TextCell& cell, bool color) {
    const std::string_view text = cell.text;
    // Blanks before and after the text stand outside the colour, and those that nothing follows
    // are never written.
    const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
    const std::size_t last = text.find_last_not_of(' ') + 1;
    const std::size_t padding = width - display_width(text);
    if (column.align == Align::right) pending_blanks += padding;
    if (first < last) {
        line.append(pending_blanks + first, ' ');
        line += emphasised(text.substr(first, last - first), cell.emphasis, color);
        pending_blanks = text.size() - last;
    } else {
        pending_blanks += text.size();
    }
    if (column.align == Align::left) pending_blanks += padding;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        const bool is_continuation = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        return !is_continuation;
    }));
}

std::string emphasised(std::string_view text, Emphasis emphasis, bool color) {
    std::string_view begin;
    switch (emphasis) {
        case Emphasis::none:
            break;
        case Emphasis::strong:
            begin = "\x1b[1m";
            break;
        case Emphasis::faint:
            begin = "\x1b[2m";
            break;
        case Emphasis::warning:
            begin = "\x1b[33m";
            break;
    }
    if (!color || begin.empty() || text.empty()) return std::string(text);
    return std::string(begin) + std::string(text) + "\x1b[0m";
}

std::size_t grid_width(const std::vector<TextColumn>& columns) {
    std::size_t width = 0;
    for (const TextColumn& column : columns)
        width += column_width(column) + kColumnGap;
    return columns.empty() ? 0 : width - kColumnGap;
}

std::vector<TextColumn> fitted(std::vector<TextColumn> columns, std::size_t width) {
    while (width != 0 && grid_width(columns) > width) {
        auto drop = columns.end();
        for (auto column = columns.begin(); column != columns.end(); ++column) {
            if (column->drop_order == 0) continue;
            if (drop == columns.end() || column->drop_order < drop->drop_order) drop = column;
        }
        if (drop == columns.end()) break;
        columns.erase(drop);
    }
    return columns;
}

std::string grid_text(const std::vector<TextColumn>& columns, bool color) {
    std::vector<std::size_t> widths;
    widths.reserve(columns.size());
    for (const TextColumn& column : columns)
        widths.push_back(column_width(column));
    const std::size_t rows = columns.empty() ? 0 : columns.front().cells.size();

    std::string text;
    for (std::size_t line = 0; line < rows + 1; ++line) {
        std::size_t pending_blanks = 0;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const TextColumn& column = columns[i];
            const TextCell cell =
                line == 0 ? TextCell{column.header, Emphasis::strong} : column.cells.at(line - 1);
            append_cell(text, pending_blanks, column, widths[i], cell, color);
            pending_blanks += kColumnGap;
        }
        text += '\n';
    }
    return text;
}

}  // namespace stream_analyzer
