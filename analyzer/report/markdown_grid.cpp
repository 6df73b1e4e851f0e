#include "report/markdown_grid.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace stream_analyzer {

namespace {

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return "";
    return std::string(text.substr(first, text.find_last_not_of(' ') + 1 - first));
}

}  // namespace

std::string markdown_text(std::string_view text) {
    std::string result;
    for (const char c : trimmed(text)) {
        if (std::string_view("\\`*_~<>[]|#").find(c) != std::string_view::npos) result += '\\';
        result += c == '\n' || c == '\r' ? ' ' : c;
    }
    return result;
}

void write_markdown_grid(const std::vector<TextColumn>& columns, ByteSink& sink) {
    if (columns.empty()) return;
    std::string header = "|";
    std::string rule = "|";
    for (const TextColumn& column : columns) {
        header += fmt::format(" {} |", markdown_text(column.header));
        rule += column.align == Align::right ? " ---: |" : " :--- |";
    }
    sink.write("\n" + header + "\n" + rule + "\n");
    for (std::size_t row = 0; row < columns.front().cells.size(); ++row) {
        std::string line = "|";
        for (const TextColumn& column : columns) {
            line += fmt::format(" {} |", markdown_text(column.cells.at(row).text));
        }
        sink.write(line + "\n");
    }
}

}  // namespace stream_analyzer
