#include "report/accuracy_html_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "compare/accuracy_charts.hpp"
#include "core/size.hpp"
#include "report/accuracy_chart_data.hpp"
#include "report/accuracy_columns.hpp"
#include "report/accuracy_verdict.hpp"
#include "report/choice_text.hpp"
#include "report/html_account.hpp"
#include "report/html_page.hpp"
#include "report/number_text.hpp"

namespace stream_analyzer {

namespace {

using kainjow::mustache::list;
using Row = const AccuracyRow&;

/// The whole table's words and columns for some of its rows.
AccuracyTable with_rows(const AccuracyTable& table, std::vector<AccuracyRow> rows) {
    return {.trials = table.trials,
            .seed = table.seed,
            .hash_seed = table.hash_seed,
            .rows = std::move(rows),
            .choices = {}};
}

PageData size_section(const AccuracyTable& table, const SizeChart& chart, std::size_t number) {
    const std::string title = subject_text(chart);
    PageData data;
    data.set("number", std::to_string(number));
    data.set("title", title);
    data.set("has_points", PageData(std::ranges::any_of(chart.rows, [](Row row) {
                 return row.predicted_rse.value_or(0) > 0 ||
                        row.errors.max_absolute_error.value_or(0) > 0;
             })));
    data.set("exact", exact_text(chart));
    data.set("size_table", html_table("Errors, " + title,
                                      accuracy_columns(with_rows(table, chart.rows), kHtmlStyle)));
    return data;
}

std::vector<TextColumn> number_columns(const std::vector<AccuracyRow>& rows) {
    const auto column = [&](std::string header, auto cell_text) {
        TextColumn made{
            .header = std::move(header), .align = Align::right, .drop_order = 0, .cells = {}};
        for (Row row : rows)
            made.cells.push_back({cell_text(row)});
        return made;
    };
    const auto share = [&](const char* header, auto member) {
        return column(header, [member](Row row) {
            const std::optional<double> value = member(row);
            return value ? percent(*value) : std::string(kHtmlStyle.missing());
        });
    };
    return {column("ids", [](Row row) { return grouped(row.n_min); }),
            share("RMSE", [](Row row) { return row.errors.rmse; }),
            share("theory", [](Row row) { return row.predicted_rse; }),
            share("p50", [](Row row) { return row.errors.p50_absolute_error; }),
            share("p95", [](Row row) { return row.errors.p95_absolute_error; }),
            share("p99", [](Row row) { return row.errors.p99_absolute_error; }),
            share("max", [](Row row) { return row.errors.max_absolute_error; }),
            column("saturated", [](Row row) {
                return row.saturated.value_or(0) == 0 ? std::string(kHtmlStyle.missing())
                                                      : grouped(*row.saturated);
            })};
}

PageData number_section(const CardinalityChart& chart, const CardinalityChart& in_table,
                        std::size_t number) {
    const std::string name =
        fmt::format("{} ({})", chart.sketch.name(), format_size(chart.sketch.memory_bytes()));
    PageData data;
    data.set("number", std::to_string(number));
    data.set("name", name);
    data.set("table_title",
             in_table.rows.size() == in_table.numbers
                 ? std::string("Table")
                 : fmt::format("Table: {} of {} numbers", in_table.rows.size(), in_table.numbers));
    data.set("number_table",
             html_table("Relative errors of " + name, number_columns(in_table.rows)));
    return data;
}

void set_sizes(const AccuracyTable& table, const std::vector<SizeChart>& charts, PageData& data) {
    list sections;
    for (const SizeChart& chart : charts)
        sections.push_back(size_section(table, chart, sections.size()));
    data.set("sizes", sections);
}

/// Two numbers of ids are no curve.
constexpr std::size_t kLeastNumbers = 3;

void set_numbers(const AccuracyTable& table, const std::vector<CardinalityChart>& charts,
                 PageData& data) {
    const auto in_tables = cardinality_charts(table.rows, kHtmlNumbersInTable);
    list sections;
    std::size_t all = 0;
    for (const CardinalityChart& chart : charts) {
        sections.push_back(number_section(chart, in_tables.at(sections.size()), sections.size()));
        all = std::max(all, chart.numbers);
    }
    const bool has_thinned = std::ranges::any_of(
        charts, [](const CardinalityChart& c) { return c.rows.size() < c.numbers; });
    data.set("has_numbers", PageData(!sections.empty()));
    data.set("numbers", sections);
    data.set("numbers_thinned",
             has_thinned ? fmt::format("Of {} numbers of ids the charts show at most about {}, the "
                                       "largest errors among them.",
                                       grouped(std::uint64_t{all}), kHtmlNumbers)
                         : std::string());
    data.set("is_trials", PageData(table.trials > 0));
}

void set_rows(const AccuracyTable& table, PageData& data) {
    std::vector<AccuracyRow> rows = table.rows;
    std::string about = accuracy_notes(table, kHtmlStyle);
    if (rows.size() > kHtmlAccuracyRows) {
        rows.resize(kHtmlAccuracyRows);
        about = fmt::format("These are the first rows of {}; -o FILE.csv has all. ",
                            grouped(std::uint64_t{table.rows.size()})) +
                about;
    }
    data.set("has_rows", PageData(!rows.empty()));
    data.set("rows_note", about);
    data.set("all_rows",
             html_table(accuracy_title(table),
                        accuracy_columns(with_rows(table, std::move(rows)), kHtmlStyle)));
}

}  // namespace

void write_accuracy_html(const AccuracyTable& table, const ReportContext& context, ByteSink& sink) {
    const std::vector<SizeChart> sizes = size_charts(table.rows);
    std::vector<CardinalityChart> numbers = cardinality_charts(table.rows, kHtmlNumbers);
    std::erase_if(numbers, [](const CardinalityChart& c) { return c.numbers < kLeastNumbers; });

    HtmlPage page{.title = "How large the errors of sketches are",
                  .content = &kAccuracyTemplate,
                  .data = context.summary == nullptr ? PageData() : html_account(*context.summary),
                  .chart_data = accuracy_chart_data(sizes, numbers),
                  .script = &kAccuracyScript};
    const bool has_dump = context.summary != nullptr;
    page.data.set("has_dump", PageData(has_dump));
    page.data.set("headline", accuracy_headline(table));
    std::vector<std::string> answers = choice_sentences(table);
    page.data.set("has_question", PageData(!answers.empty()));
    page.data.set("question", answers.empty() ? std::string() : answers.front());
    if (!answers.empty()) answers.erase(answers.begin());
    page.data.set("answers", html_list(answers));
    page.data.set("sentences", html_list(accuracy_sentences(sizes)));
    page.data.set("warnings", html_list(has_dump ? report_warnings(*context.summary)
                                                 : std::vector<std::string>()));
    set_sizes(table, sizes, page.data);
    set_numbers(table, numbers, page.data);
    set_rows(table, page.data);
    page.data.set("command", context.command);
    page.data.set("settings",
                  html_table("How the errors were found", accuracy_settings(table, context)));
    write_html_page(page, sink);
}

}  // namespace stream_analyzer
