#include "report/html_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compare/chart_points.hpp"
#include "compare/notable_windows.hpp"
#include "report/chart_data.hpp"
#include "report/html_account.hpp"
#include "report/html_page.hpp"
#include "report/html_windows.hpp"
#include "report/verdict_columns.hpp"
#include "report/verdict_text.hpp"
#include "report/window_columns.hpp"
#include "window/window_grid.hpp"
#include "window/window_length.hpp"

namespace stream_analyzer {

namespace {

using kainjow::mustache::list;

/// So many of the first sketches are drawn.
std::size_t drawn_sketches(const ComparisonRows& rows) {
    const std::size_t lengths = std::max<std::size_t>(rows.lengths().size(), 1);
    return std::min(rows.sketches().size(), std::max<std::size_t>(kHtmlStrips / lengths, 1));
}

/// Windows on a line, so that all lines of the page stay within kHtmlPoints. Lengths with few
/// windows leave their room to the others.
std::size_t line_limit(const ComparisonRows& rows) {
    constexpr std::size_t kLeast = 20;
    const auto points_with = [&](std::size_t limit) {
        std::size_t windows = 0;
        for (std::size_t length = 0; length < rows.lengths().size(); ++length)
            windows += std::min(rows.windows_of_length(length).size, limit);
        return windows * (drawn_sketches(rows) + 1);
    };
    std::size_t limit = kHtmlLinePoints;
    while (limit > kLeast && points_with(limit) > kHtmlPoints)
        limit = std::max(kLeast, limit * 3 / 4);
    return limit;
}

std::size_t table_limit(const ComparisonRows& rows) {
    constexpr std::size_t kLeast = 12;
    return std::clamp(kHtmlCells / (rows.sketches().size() + 1), kLeast, kHtmlWindows);
}

ChartSpan span_of(const RunSummary& summary) {
    return {.first = summary.body_first.value_or(WindowTime::min()),
            .last = summary.body_last.value_or(WindowTime::max())};
}

std::span<const NotableWindow> of_length(const ComparisonRows& rows, std::size_t length,
                                         std::span<const NotableWindow> windows) {
    const WindowRange range = rows.windows_of_length(length);
    const auto first = std::ranges::lower_bound(windows, range.first, {}, &NotableWindow::window);
    const auto last =
        std::ranges::lower_bound(windows, range.first + range.size, {}, &NotableWindow::window);
    return {first, last};
}

std::span<const SketchVerdict> of_length(const ComparisonRows& rows, std::size_t length,
                                         std::span<const SketchVerdict> verdicts) {
    const std::size_t sketches = rows.sketches().size();
    return verdicts.subspan(length * sketches, sketches);
}

struct Sections {
    list lengths;
    list worst;
    Json chart_data = Json::array();
};

Sections sections_of(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                     const RunSummary& summary) {
    const std::vector<NotableWindow> notable = notable_windows(rows, table_limit(rows));
    Sections sections;
    for (std::size_t length = 0; length < rows.lengths().size(); ++length) {
        if (rows.windows_of_length(length).size == 0) continue;
        const WindowGrid grid(WindowLength::parse(rows.lengths()[length]), summary.timezone);
        const ChartPoints points =
            chart_points(rows, length, grid, span_of(summary), line_limit(rows));
        PageData section = html_windows(rows, length, points, of_length(rows, length, notable),
                                        drawn_sketches(rows));
        // Those of the first length stand in the page's verdict.
        section.set("sentences",
                    length == 0 ? html_list({})
                                : html_list(verdict_sentences(of_length(rows, length, verdicts))));
        sections.lengths.push_back(section);
        sections.chart_data.push_back(chart_data(rows, length, points, drawn_sketches(rows)));
        const auto columns = worst_columns(rows, length);
        if (columns.front().cells.empty()) continue;
        sections.worst.push_back(
            html_table("Largest errors in windows of " + rows.lengths()[length], columns));
    }
    return sections;
}

}  // namespace

void write_html(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                const ReportContext& context, ByteSink& sink) {
    const RunSummary& summary = *context.summary;
    Sections sections = sections_of(rows, verdicts, summary);
    const bool has_windows = rows.windows() > 0;
    const bool has_errors = std::ranges::any_of(
        verdicts, [](const SketchVerdict& verdict) { return verdict.counted > 0; });

    HtmlPage page{.title = fmt::format("Unique ids in windows of {}", summary.window),
                  .content = &kAnalysisTemplate,
                  .data = html_account(summary),
                  .chart_data = std::move(sections.chart_data),
                  .script = &kAnalysisScript};
    page.data.set("headline", verdict_headline(rows, verdicts));
    page.data.set("sentences", html_list(has_windows && !rows.sketches().empty()
                                             ? verdict_sentences(of_length(rows, 0, verdicts))
                                             : std::vector<std::string>{}));
    page.data.set("warnings", html_list(report_warnings(summary)));
    page.data.set("has_verdicts", PageData(has_windows && !verdicts.empty()));
    page.data.set("has_errors", PageData(has_errors));
    page.data.set("has_theory", PageData(std::ranges::any_of(verdicts, [](const SketchVerdict& v) {
                      return v.predicted > 0;
                  })));
    page.data.set("verdicts",
                  html_table("Sketches over all windows", verdict_columns(verdicts, kHtmlStyle)));
    page.data.set("theory_note", missing_theory_note(verdicts, kHtmlStyle));
    page.data.set("sketch_notes", sketch_notes(rows));
    page.data.set("lengths", sections.lengths);
    page.data.set("has_worst", PageData(!sections.worst.empty()));
    page.data.set("worst", sections.worst);
    page.data.set("command", context.command);
    page.data.set("settings",
                  html_table("How the dump was read", setting_columns(summary, context.version)));
    write_html_page(page, sink);
}

}  // namespace stream_analyzer
