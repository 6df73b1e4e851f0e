#include "report/html_table.hpp"

namespace stream_analyzer {

namespace {

using kainjow::mustache::list;

std::string class_of(const TextColumn& column, Emphasis emphasis) {
    std::string name = column.align == Align::left ? "left" : "right";
    switch (emphasis) {
        case Emphasis::none:
            break;
        case Emphasis::strong:
            name += " strong";
            break;
        case Emphasis::faint:
            name += " faint";
            break;
        case Emphasis::warning:
            name += " warning";
            break;
    }
    return name;
}

/// Longer texts may be broken over lines; numbers and times are not.
constexpr std::size_t kLongText = 32;

PageData cell_data(const TextColumn& column, const TextCell& cell, bool is_head) {
    // Blanks that align columns on a terminal.
    const std::size_t end = cell.text.find_last_not_of(' ') + 1;
    PageData data;
    data.set("class", class_of(column, cell.emphasis) +
                          (display_width(cell.text) > kLongText ? " long" : ""));
    data.set("text", cell.text.substr(0, end));
    data.set("is_head", PageData(is_head));
    return data;
}

}  // namespace

PageData html_table(const std::string& caption, const std::vector<TextColumn>& columns) {
    list heads;
    for (const TextColumn& column : columns) {
        heads.push_back(cell_data(column, {.text = column.header}, true));
    }
    list rows;
    const std::size_t size = columns.empty() ? 0 : columns.front().cells.size();
    for (std::size_t row = 0; row < size; ++row) {
        list cells;
        for (const TextColumn& column : columns) {
            cells.push_back(cell_data(column, column.cells.at(row), &column == columns.data()));
        }
        PageData line;
        line.set("cells", cells);
        rows.push_back(line);
    }
    PageData data;
    data.set("caption", caption);
    data.set("heads", heads);
    data.set("rows", rows);
    return data;
}

PageData html_list(const std::vector<std::string>& texts) {
    list items;
    for (const std::string& text : texts) {
        items.push_back(PageData("text", text));
    }
    return items;
}

}  // namespace stream_analyzer
