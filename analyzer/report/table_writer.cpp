#include "report/table_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report/note_text.hpp"
#include "report/number_text.hpp"
#include "report/verdict_columns.hpp"
#include "report/window_columns.hpp"

namespace stream_analyzer {

namespace {

void write_headline(const ComparisonRows& rows, ByteSink& sink) {
    for (std::size_t length = 0; length < rows.lengths().size(); ++length) {
        const WindowRange range = rows.windows_of_length(length);
        if (range.size == 0) {
            sink.write(
                fmt::format("No windows of {}: no record was counted.\n", rows.lengths()[length]));
            continue;
        }
        const WindowTime first = rows.window(range.first).start;
        const WindowTime last = rows.window(range.first + range.size - 1).start;
        sink.write(fmt::format(
            "Unique ids in {} window{} of {}, {}{}{}\n", grouped(std::uint64_t{range.size}),
            range.size == 1 ? "" : "s", rows.lengths()[length], iso8601(first),
            range.size == 1 ? "" : " to ", range.size == 1 ? "" : iso8601(last)));
    }
}

void write_verdicts(std::span<const SketchVerdict> verdicts, const TextStyle& style,
                    ByteSink& sink) {
    const bool has_windows = std::ranges::any_of(
        verdicts, [](const SketchVerdict& verdict) { return verdict.windows > 0; });
    if (!has_windows) return;
    sink.write("\n");
    sink.write(grid_text(fitted(verdict_columns(verdicts, style), style.width), style.color));

    using Verdict = const SketchVerdict&;
    if (std::ranges::any_of(verdicts, [](Verdict v) { return v.counted > 0; })) {
        write_note(fmt::format("RMSE: typical relative error; theory: the RMSE to expect at these "
                               "counts; {}: windows within twice the predicted error (about 95 % "
                               "to expect).",
                               style.within_2_sigma()),
                   style, sink);
    } else if (std::ranges::any_of(verdicts, [](Verdict v) { return v.predicted > 0; })) {
        write_note(
            "Without ground truth errors are unknown; theory: the RMSE to expect at these "
            "estimates.",
            style, sink);
    }
    write_note(missing_theory_note(verdicts, style), style, sink);
    if (std::ranges::any_of(verdicts, [](Verdict v) { return v.saturated > 0; })) {
        write_note(
            "Saturated windows, where the sketch was full and has no estimate, are left out of the "
            "errors.",
            style, sink);
    }
    if (std::ranges::any_of(verdicts, [](Verdict v) { return v.with_z < v.counted; })) {
        write_note(fmt::format("{} counts only windows with a predicted error of at least {} ids.",
                               style.within_2_sigma(), kLeastNormalError_ids),
                   style, sink);
    }
}

/// The columns that show most within the width, and how many sketches they hold.
std::pair<std::vector<TextColumn>, std::size_t> best_columns(const ComparisonRows& rows,
                                                             std::span<const NotableWindow> windows,
                                                             const TextStyle& style) {
    for (std::size_t sketches = rows.sketches().size();; --sketches) {
        for (const bool with_estimates : {true, false}) {
            auto columns = fitted(
                window_columns(rows, windows,
                               {.sketches = sketches, .with_estimates = with_estimates}, style),
                style.width);
            if (sketches == 0 || style.width == 0 || grid_width(columns) <= style.width) {
                return {std::move(columns), sketches};
            }
        }
    }
}

void write_windows(const ComparisonRows& rows, std::span<const NotableWindow> windows,
                   const TextStyle& style, ByteSink& sink) {
    std::size_t hidden_sketches = 0;
    for (std::size_t begin = 0; begin < windows.size();) {
        const auto length_of = [&](std::size_t i) { return rows.window(windows[i].window).length; };
        std::size_t end = begin;
        while (end < windows.size() && length_of(end) == length_of(begin))
            ++end;
        const auto [columns, sketches] =
            best_columns(rows, windows.subspan(begin, end - begin), style);
        hidden_sketches = std::max(hidden_sketches, rows.sketches().size() - sketches);
        sink.write("\n");
        if (rows.lengths().size() > 1) {
            sink.write(fmt::format("Windows of {}\n", rows.lengths()[length_of(begin)]));
        }
        sink.write(grid_text(columns, style.color));
        begin = end;
    }
    if (hidden_sketches > 0) {
        write_note(fmt::format("{} more sketch{} not fit {} columns.", hidden_sketches,
                               hidden_sketches == 1 ? " does" : "es do", style.width),
                   style, sink);
    }
}

void write_closing_notes(const ComparisonRows& rows, std::span<const NotableWindow> windows,
                         const TextStyle& style, ByteSink& sink) {
    if (windows.empty()) return;
    std::string marks;
    const bool any_incomplete = std::ranges::any_of(windows, [&](const NotableWindow& notable) {
        return !rows.window(notable.window).complete;
    });
    const bool any_worst = std::ranges::any_of(
        windows, [](const NotableWindow& notable) { return !notable.worst_of.empty(); });
    if (any_incomplete) marks += "~ first or last window of the dump, may be incomplete. ";
    if (any_worst) marks += "* largest error of the sketch. ";
    write_note(marks, style, sink);
    write_note(sketch_notes(rows), style, sink);
    if (windows.size() < rows.windows()) {
        write_note(fmt::format("{} of {} windows shown: the first, the last and the worst. For all "
                               "of them add -o FILE.csv (or .json).",
                               windows.size(), grouped(std::uint64_t{rows.windows()})),
                   style, sink);
    } else {
        write_note("For full precision and all columns add -o FILE.csv (or .json, .md).", style,
                   sink);
    }
}

}  // namespace

void write_table(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                 std::span<const NotableWindow> windows, const TextStyle& style, ByteSink& sink) {
    write_headline(rows, sink);
    write_verdicts(verdicts, style, sink);
    write_windows(rows, windows, style, sink);
    write_closing_notes(rows, windows, style, sink);
}

}  // namespace stream_analyzer
