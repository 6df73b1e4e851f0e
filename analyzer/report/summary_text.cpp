#include "report/summary_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <vector>

#include "core/printable.hpp"
#include "report/number_text.hpp"
#include "report/text_grid.hpp"
#include "report/time_text.hpp"

namespace stream_analyzer {

namespace {

constexpr std::size_t kLabelWidth = 9;

/// So many gaps and far windows are named; --summary lists more.
constexpr std::size_t kNamedExamples = 2;

void append_line(std::string& text, std::string_view label, std::string_view line) {
    text += fmt::format("{:<{}}{}\n", label, kLabelWidth, line);
}

std::string place_text(const LinePlace& place) {
    return fmt::format("{}:{} (byte {})", printable(place.file), place.line,
                       grouped(place.offset_bytes));
}

std::uint64_t bytes_read(const RunSummary& summary) {
    std::uint64_t bytes = 0;
    for (const FileSummary& file : summary.files)
        bytes += file.bytes;
    return bytes;
}

void append_lines(std::string& text, const RunSummary& summary) {
    const LineCounts& total = summary.total;
    std::string line =
        fmt::format("{} in {}: {} = {}", bytes_for_people(static_cast<double>(bytes_read(summary))),
                    plural(summary.files.size(), "input"), plural(total.lines, "line"),
                    plural(total.records, "record"));
    const auto add = [&](std::uint64_t count, std::string_view name) {
        if (count > 0) line += fmt::format(" + {} {}", grouped(count), name);
    };
    add(total.blank, "blank");
    add(total.filtered, "filtered");
    add(total.anonymous, "anonymous");
    if (total.all_rejects() > 0) {
        line += fmt::format(" + {} ({})", plural(total.all_rejects(), "reject"),
                            share_text(total.all_rejects(), total.lines));
    }
    append_line(text, "read", line);
}

void append_rejects(std::string& text, const RunSummary& summary) {
    TextColumn reasons{.header = {}, .align = Align::left, .drop_order = 0, .cells = {}};
    TextColumn counts{.header = {}, .align = Align::right, .drop_order = 0, .cells = {}};
    TextColumn places{.header = {}, .align = Align::left, .drop_order = 0, .cells = {}};
    for (const RejectSummary& reject : summary.rejects) {
        reasons.cells.push_back({std::string(name_of(reject.reason))});
        counts.cells.push_back({grouped(reject.count)});
        places.cells.push_back({"first at " + place_text(reject.first)});
    }
    std::string grid = grid_text({reasons, counts, places}, false);
    grid.erase(0, grid.find('\n') + 1);  // the columns speak for themselves without a header
    std::string_view label = "rejects";
    while (!grid.empty()) {
        const std::size_t end = grid.find('\n');
        append_line(text, label, grid.substr(0, end));
        grid.erase(0, end + 1);
        label = "";
    }
}

void append_times(std::string& text, const RunSummary& summary) {
    if (!summary.first_event_time || !summary.last_event_time) return;
    append_line(text, "times",
                fmt::format("{} to {}; field {}, unit {}{}", iso8601(*summary.first_event_time),
                            iso8601(*summary.last_event_time), printable(summary.time_field),
                            summary.time_unit, summary.time_unit_chosen ? " (detected)" : ""));
    if (summary.times_without_offset > 0) {
        append_line(
            text, "",
            fmt::format("{} without an offset, read as {}",
                        plural(summary.times_without_offset, "time"), summary.assume_timezone));
    }
}

/// "A, B, C and 7 more".
template <typename Items, typename ItemText>
std::string examples(const Items& items, std::uint64_t total, ItemText item_text) {
    std::string text;
    const std::size_t named = std::min(items.size(), kNamedExamples);
    for (std::size_t i = 0; i < named; ++i) {
        text += (i == 0 ? "" : ", ") + item_text(items[i]);
    }
    if (total > named) {
        text += fmt::format("{}{} more", named == 0 ? "" : " and ", grouped(total - named));
    }
    return text;
}

void append_windows(std::string& text, const RunSummary& summary) {
    std::string line =
        fmt::format("{} of {} with records", grouped(summary.windows), summary.window);
    if (summary.timezone != "UTC") {
        line += fmt::format("; days and longer in {}", summary.timezone);
    }
    append_line(text, "windows", line);
    if (summary.gaps_total > 0) {
        std::vector<WindowTime> ends;
        for (const Gap& gap : summary.gaps)
            ends.insert(ends.end(), {gap.from, gap.until});
        const TimePrecision precision = precision_for(ends);
        const auto gap_text = [&](const Gap& gap) {
            return short_time(gap.from, precision) + " to " + short_time(gap.until, precision);
        };
        append_line(text, "gaps",
                    fmt::format("{} without records: {}", grouped(summary.gaps_total),
                                examples(summary.gaps, summary.gaps_total, gap_text)));
    }
    if (summary.far_windows_total > 0) {
        const auto window_text = [](const FarWindow& window) {
            return fmt::format("{} ({})", iso8601(window.start), plural(window.records, "record"));
        };
        append_line(
            text, "far",
            fmt::format("{} far from the rest (broken times?): {}",
                        plural(summary.far_windows_total, "window"),
                        examples(summary.far_windows, summary.far_windows_total, window_text)));
    }
}

void append_order(std::string& text, const RunSummary& summary) {
    std::uint64_t out_of_order = 0;
    const FileSummary* latest = nullptr;
    for (const FileSummary& file : summary.files) {
        out_of_order += file.order.out_of_order;
        if (latest == nullptr || file.order.largest_lateness > latest->order.largest_lateness) {
            latest = &file;
        }
    }
    if (out_of_order == 0) return;
    append_line(
        text, "order",
        fmt::format("{} of the records behind a later one of their file, at most {} ({})",
                    share_text(out_of_order, summary.total.records),
                    duration_for_people(latest->order.largest_lateness), printable(latest->name)));
}

void append_speed(std::string& text, const RunSummary& summary) {
    std::string line = duration_for_people(std::chrono::duration<double>(summary.seconds));
    if (summary.parts > 0) {
        line += fmt::format(" to merge {}", plural(summary.parts, "part"));
    } else if (summary.seconds > 0) {
        line += fmt::format(
            ", {} records/s, {}/s",
            count_for_people(static_cast<double>(summary.total.records) / summary.seconds),
            bytes_for_people(static_cast<double>(bytes_read(summary)) / summary.seconds));
    }
    line += fmt::format(", peak memory {}",
                        bytes_for_people(static_cast<double>(summary.peak_memory_bytes)));
    if (summary.spilled_runs > 0) {
        line += fmt::format(", {} spilled in {}",
                            bytes_for_people(static_cast<double>(summary.spilled_bytes)),
                            plural(summary.spilled_runs, "run"));
    }
    append_line(text, "speed", line);
    append_line(text, "how",
                fmt::format("{}, check {}{}{}, hash seed {}", plural(summary.threads, "thread"),
                            summary.check, summary.kernel.empty() ? "" : ", kernel ",
                            summary.kernel, summary.hash_seed));
}

void append_warnings(std::string& text, const RunSummary& summary, const TextStyle& style) {
    const auto warn = [&](std::string_view sentence) {
        text += emphasised("warning:", Emphasis::warning, style.color);
        text += fmt::format(" {}\n", sentence);
    };
    for (const FileSummary& file : summary.files) {
        if (file.error) warn(printable(*file.error));
    }
    const auto rejects = static_cast<double>(summary.total.all_rejects());
    const bool has_many = rejects > kManyRejects * static_cast<double>(summary.total.lines);
    if (has_many && !summary.rejects.empty()) {
        const RejectSummary& most = summary.rejects.front();
        warn(fmt::format("{} of the lines were rejected, most of them as \"{}\", first at {}",
                         share_text(summary.total.all_rejects(), summary.total.lines),
                         name_of(most.reason), place_text(most.first)));
    }
    for (const std::string& sentence : summary.warnings)
        warn(printable(sentence));
}

}  // namespace

std::string summary_text(const RunSummary& summary, const TextStyle& style) {
    std::string text;
    append_lines(text, summary);
    if (!summary.rejects.empty()) append_rejects(text, summary);
    append_times(text, summary);
    append_windows(text, summary);
    append_order(text, summary);
    append_speed(text, summary);
    append_warnings(text, summary, style);
    return text;
}

}  // namespace stream_analyzer
