#include "report/markdown_writer.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "report/markdown_grid.hpp"
#include "report/number_text.hpp"
#include "report/verdict_columns.hpp"
#include "report/window_columns.hpp"

namespace stream_analyzer {

void write_markdown(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                    std::span<const NotableWindow> windows, ByteSink& sink) {
    sink.write("# Unique ids: exact against sketches\n");
    if (!verdicts.empty() && rows.windows() > 0) {
        sink.write("\n## Sketches\n");
        write_markdown_grid(verdict_columns(verdicts, kMarkdownStyle), sink);
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
        sink.write(fmt::format("\n## Windows of {}\n\n", markdown_text(rows.lengths()[length])));
        if (range.size == 0) {
            sink.write("None: no record was counted.\n");
        } else if (end - begin < range.size) {
            sink.write(fmt::format("{} of {} windows: the first, the last and the worst.\n",
                                   end - begin, grouped(std::uint64_t{range.size})));
        } else {
            sink.write(fmt::format("All {}.\n", grouped(std::uint64_t{range.size})));
        }
        if (begin < end) {
            write_markdown_grid(
                window_columns(rows, windows.subspan(begin, end - begin),
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
        const std::string notes = sketch_notes(rows);
        if (!notes.empty()) sink.write(fmt::format("\n{}\n", notes));
    }
}

}  // namespace stream_analyzer
