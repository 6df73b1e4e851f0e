#include "report/html_account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "report/number_text.hpp"
#include "report/summary_text.hpp"
#include "report/time_text.hpp"

namespace stream_analyzer {

namespace {

/// Builds a column from what each item says in it.
template <typename Items, typename CellText>
TextColumn column_of(const Items& items, std::string header, Align align, CellText cell_text) {
    TextColumn column{.header = std::move(header), .align = align, .drop_order = 0, .cells = {}};
    for (const auto& item : items)
        column.cells.push_back({cell_text(item)});
    return column;
}

std::string order_text(const FileSummary& file) {
    if (file.order.out_of_order == 0) return "all in order";
    return fmt::format("{} out of order, at most by {}",
                       share_text(file.order.out_of_order, file.lines.records),
                       duration_for_people(file.order.largest_lateness));
}

std::vector<TextColumn> input_columns(std::span<const FileSummary> files) {
    using File = const FileSummary&;
    const auto number = [&](std::string header, auto count) {
        return column_of(files, std::move(header), Align::right,
                         [&](File file) { return grouped(std::uint64_t{count(file)}); });
    };
    return {column_of(files, "input", Align::left, [](File file) { return file.name; }),
            number("bytes", [](File file) { return file.bytes; }),
            column_of(files, "archive", Align::left,
                      [](File file) {
                          return file.compression == "none" ? std::string("no") : file.compression;
                      }),
            number("lines", [](File file) { return file.lines.lines; }),
            number("records", [](File file) { return file.lines.records; }),
            number("rejects", [](File file) { return file.lines.all_rejects(); }),
            column_of(files, "order of time", Align::left, order_text)};
}

std::vector<TextColumn> reject_columns(const RunSummary& summary) {
    using Reject = const RejectSummary&;
    const auto& rejects = summary.rejects;
    return {column_of(rejects, "reason", Align::left,
                      [](Reject reject) { return std::string(name_of(reject.reason)); }),
            column_of(rejects, "lines", Align::right,
                      [](Reject reject) { return grouped(reject.count); }),
            column_of(rejects, "share", Align::right,
                      [&](Reject reject) { return share_text(reject.count, summary.total.lines); }),
            column_of(rejects, "first in", Align::left,
                      [](Reject reject) { return reject.first.file; }),
            column_of(rejects, "at line", Align::right,
                      [](Reject reject) { return grouped(reject.first.line); }),
            column_of(rejects, "at byte", Align::right,
                      [](Reject reject) { return grouped(reject.first.offset_bytes); })};
}

std::string lines_sentence(const RunSummary& summary) {
    const LineCounts& total = summary.total;
    std::string text =
        fmt::format("{} in {}: {} counted", plural(total.lines, "line"),
                    plural(summary.files.size(), "input"), plural(total.records, "record"));
    const auto add = [&](std::uint64_t count, std::string_view name) {
        if (count > 0) text += fmt::format(", {} {}", grouped(count), name);
    };
    add(total.filtered, "filtered out");
    add(total.anonymous, "anonymous");
    add(total.blank, "blank");
    if (total.all_rejects() == 0) return text + "; no line was rejected.";
    return text + fmt::format("; {} rejected ({}), most of them as “{}”.",
                              grouped(total.all_rejects()),
                              share_text(total.all_rejects(), total.lines),
                              name_of(summary.rejects.front().reason));
}

std::string span_sentence(const RunSummary& summary) {
    if (!summary.first_event_time || !summary.last_event_time) return "";
    const std::string text = fmt::format(
        "Event times run from {} to {}: {} of {} with records", iso8601(*summary.first_event_time),
        iso8601(*summary.last_event_time), plural(summary.windows, "window"), summary.window);
    if (summary.gaps_total == 0) return text + ", no gap between them.";
    return text +
           fmt::format(", and {} without records between them.", plural(summary.gaps_total, "gap"));
}

std::string far_sentence(const RunSummary& summary) {
    if (summary.far_windows_total == 0) return "";
    const FarWindow& first = summary.far_windows.front();
    return fmt::format(
        "{} far from the rest of the dump, perhaps because of broken times ({} with {}{}): the "
        "charts leave {} out, the tables do not.",
        plural(summary.far_windows_total, "window"), iso8601(first.start),
        plural(first.records, "record"), summary.far_windows_total > 1 ? ", …" : "",
        summary.far_windows_total > 1 ? "them" : "it");
}

std::vector<std::string> account_sentences(const RunSummary& summary) {
    std::vector<std::string> sentences;
    for (std::string sentence : {span_sentence(summary), far_sentence(summary)}) {
        if (!sentence.empty()) sentences.push_back(std::move(sentence));
    }
    return sentences;
}

}  // namespace

std::vector<std::string> report_warnings(const RunSummary& summary) {
    std::vector<std::string> warnings;
    for (const FileSummary& file : summary.files) {
        if (file.error) warnings.push_back(*file.error);
    }
    const LineCounts& total = summary.total;
    if (static_cast<double>(total.all_rejects()) >
        kManyRejects * static_cast<double>(total.lines)) {
        warnings.push_back(fmt::format("{} of the lines were rejected: they are in no count.",
                                       share_text(total.all_rejects(), total.lines)));
    }
    warnings.insert(warnings.end(), summary.warnings.begin(), summary.warnings.end());
    if (warnings.size() > kListedWarnings) {
        const std::size_t more = warnings.size() - kListedWarnings;
        warnings.resize(kListedWarnings);
        warnings.push_back(fmt::format("… and {} more.", grouped(std::uint64_t{more})));
    }
    return warnings;
}

PageData html_account(const RunSummary& summary) {
    const std::span<const FileSummary> files(summary.files);
    const auto listed = files.first(std::min(files.size(), kListedInputs));
    std::vector<std::string> sentences = account_sentences(summary);
    if (listed.size() < files.size()) {
        sentences.push_back(
            fmt::format("The table names the first {} of {} inputs; --summary FILE "
                        "lists all of them.",
                        listed.size(), grouped(std::uint64_t{files.size()})));
    }
    PageData data;
    data.set("lines", lines_sentence(summary));
    data.set("account_lines", html_list(sentences));
    data.set("inputs", html_table("Inputs (bytes after decompression)", input_columns(listed)));
    data.set("has_rejects", PageData(!summary.rejects.empty()));
    data.set("rejects", html_table("Rejected lines by reason", reject_columns(summary)));
    return data;
}

std::vector<TextColumn> setting_columns(const RunSummary& summary, const std::string& version) {
    std::vector<std::pair<std::string, std::string>> settings{
        {"program", "stream-analyzer " + version},
        {"hash seed", fmt::format("{}", summary.hash_seed)},
        {"field of the time", summary.time_field},
        {"unit of the time", summary.time_unit + (summary.time_unit_chosen ? " (detected)" : "")},
        {"field of the id", summary.id_field},
        {"window", summary.window},
        {"time zone of days and longer windows", summary.timezone},
        {"level of checking", summary.check}};
    if (summary.parts > 0) settings.emplace_back("stored parts merged", grouped(summary.parts));
    using Setting = const std::pair<std::string, std::string>&;
    return {column_of(settings, "setting", Align::left, [](Setting s) { return s.first; }),
            column_of(settings, "value", Align::left, [](Setting s) { return s.second; })};
}

}  // namespace stream_analyzer
