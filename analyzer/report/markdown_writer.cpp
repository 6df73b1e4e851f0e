#include "report/markdown_writer.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "report/number_text.hpp"
#include "report/verdict_columns.hpp"
#include "report/window_columns.hpp"

namespace stream_analyzer {

namespace {

constexpr TextStyle kMarkdownStyle{.width = 0, .color = false, .unicode = true};

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return "";
    return std::string(text.substr(first, text.find_last_not_of(' ') + 1 - first));
}

/// A cell's text taken literally: what means something to Markdown is escaped.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : trimmed(text)) {
        if (std::string_view("\\`*_~<>[]|#").find(c) != std::string_view::npos) result += '\\';
        result += c == '\n' || c == '\r' ? ' ' : c;
    }
    return result;
}

void write_grid(const std::vector<TextColumn>& columns, TextSink& sink) {
    if (columns.empty()) return;
    std::string header = "|";
    std::string rule = "|";
    for (const TextColumn& column : columns) {
        header += fmt::format(" {} |", escaped(column.header));
        rule += column.align == Align::right ? " ---: |" : " :--- |";
    }
    sink.write("\n" + header + "\n" + rule + "\n");
    for (std::size_t row = 0; row < columns.front().cells.size(); ++row) {
        std::string line = "|";
        for (const TextColumn& column : columns) {
            line += fmt::format(" {} |", escaped(column.cells.at(row).text));
        }
        sink.write(line + "\n");
    }
}

}  // namespace

void write_markdown(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                    std::span<const NotableWindow> windows, TextSink& sink) {
    sink.write("# Unique ids: exact against sketches\n");
    if (!verdicts.empty() && rows.windows() > 0) {
        sink.write("\n## Sketches\n");
        write_grid(verdict_columns(verdicts, kMarkdownStyle), sink);
        const std::string note = missing_theory_note(verdicts, kMarkdownStyle);
        sink.write(fmt::format(
            "\nErrors are relative. theory: the RMSE to expect at these counts. {}{}Saturated "
            "windows have no estimate and are left out. The windows of one dump share ids and "
            "hash: this is a case study, not a series of independent trials.\n",
            note, note.empty() ? "" : " "));
    }
    for (std::size_t length = 0, begin = 0; length < rows.lengths().size(); ++length) {
        std::size_t end = begin;
        while (end < windows.size() && rows.window(windows[end].window).length == length) {
            ++end;
        }
        const WindowRange range = rows.windows_of_length(length);
        sink.write(fmt::format("\n## Windows of {}\n\n", escaped(rows.lengths()[length])));
        if (range.size == 0) {
            sink.write("None: no record was counted.\n");
        } else if (end - begin < range.size) {
            sink.write(fmt::format("{} of {} windows: the first, the last and the worst.\n",
                                   end - begin, grouped(std::uint64_t{range.size})));
        } else {
            sink.write(fmt::format("All {}.\n", grouped(std::uint64_t{range.size})));
        }
        if (begin < end) {
            write_grid(window_columns(rows, windows.subspan(begin, end - begin),
                                      {.sketches = rows.sketches().size(), .with_estimates = true},
                                      kMarkdownStyle),
                       sink);
        }
        begin = end;
    }
    if (!windows.empty()) {
        sink.write(
            "\n\\~ first or last window of the dump, may be incomplete. \\* largest error of the "
            "sketch.\n");
    }
}

}  // namespace stream_analyzer
