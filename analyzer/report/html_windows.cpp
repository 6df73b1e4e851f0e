#include "report/html_windows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "compare/worst_windows.hpp"
#include "core/size.hpp"
#include "report/number_text.hpp"
#include "report/time_text.hpp"
#include "report/window_columns.hpp"

namespace stream_analyzer {

namespace {

std::string signed_or_missing(std::optional<double> value) {
    return value ? signed_percent(*value, kHtmlStyle.minus()) : kHtmlStyle.missing();
}

/// "−3.2".
std::string sigmas_text(std::optional<double> z) {
    if (!z) return kHtmlStyle.missing();
    const std::string text = fixed_text(z, 1);
    return text.starts_with('-') ? kHtmlStyle.minus() + text.substr(1) : text;
}

std::string twice_percent(std::optional<double> rse) {
    return rse ? "±" + percent(2 * *rse) : kHtmlStyle.missing();
}

TextColumn empty_column(std::string header, Align align) {
    return {.header = std::move(header), .align = align, .drop_order = 0, .cells = {}};
}

/// Under the strips: each sketch's error beside the band that it is drawn in.
std::vector<TextColumn> error_columns(const ComparisonRows& rows,
                                      std::span<const NotableWindow> shown) {
    std::vector<TextColumn> columns = window_columns(rows, shown, {.sketches = 0}, kHtmlStyle);
    columns.resize(1);
    for (std::size_t sketch = 0; sketch < rows.sketches().size(); ++sketch) {
        TextColumn error = empty_column(rows.sketches()[sketch].name + " error", Align::right);
        TextColumn band = empty_column("±2σ", Align::right);
        for (std::size_t i = 0; i < shown.size(); ++i) {
            // window_columns has a line with an ellipsis between windows that are no neighbours.
            if (i > 0 && shown[i].window != shown[i - 1].window + 1) {
                error.cells.emplace_back();
                band.cells.emplace_back();
            }
            const ComparisonRow row = rows.row(shown[i].window, sketch);
            if (row.saturated.value_or(false)) {
                error.cells.push_back({"saturated", Emphasis::warning});
            } else {
                error.cells.push_back({signed_or_missing(row.relative_error)});
            }
            band.cells.push_back({twice_percent(row.predicted_rse), Emphasis::faint});
        }
        columns.push_back(std::move(error));
        columns.push_back(std::move(band));
    }
    return columns;
}

std::string about_text(const ComparisonRows& rows, std::size_t length, const ChartPoints& points) {
    const std::string& label = rows.lengths()[length];
    std::string text = fmt::format("{} of {}", plural(points.windows, "window"), label);
    if (points.least_exact) {
        text += *points.least_exact == *points.most_exact
                    ? fmt::format(" with {} unique ids", grouped(*points.least_exact))
                    : fmt::format(" with {} to {} unique ids each", grouped(*points.least_exact),
                                  grouped(*points.most_exact));
    }
    text += ".";
    if (points.thinned) {
        text += fmt::format(
            " That is more than a chart can show: points are thinned. Of each of {} equal "
            "stretches of time the chart of counts keeps the windows with the smallest and the "
            "largest count, and each strip those with its smallest and largest error, so no "
            "extreme is lost.",
            grouped(std::uint64_t{points.slots}));
    }
    if (points.far > 0) {
        text += fmt::format(" {} far from the rest {} not in the charts.",
                            plural(points.far, "window"), points.far == 1 ? "is" : "are");
    }
    return text;
}

std::string table_title(std::size_t shown, std::size_t all) {
    if (all == 1) return "Table: the only window";
    if (shown == all) return fmt::format("Table: all {}", plural(all, "window"));
    return fmt::format("Table: {} of {} (the first, the last and the worst)",
                       grouped(std::uint64_t{shown}), plural(all, "window"));
}

/// The strips of errors: sketches that have one, and in words those that have none.
void add_strips(const ComparisonRows& rows, const ChartPoints& points, std::size_t drawn,
                PageData& data) {
    kainjow::mustache::list strips;
    std::vector<std::string> missing;
    for (std::size_t sketch = 0; sketch < drawn; ++sketch) {
        const ComparedSketch& compared = rows.sketches()[sketch];
        const std::string name =
            fmt::format("{} ({})", compared.name, format_size(compared.memory_bytes));
        if (points.errors[sketch].empty()) {
            missing.push_back(name +
                              " has no error in any window: it was full (saturated), or "
                              "there was nothing to count.");
            continue;
        }
        PageData strip;
        strip.set("is_last", PageData(false));
        strip.set("name", name);
        strip.set("number", std::to_string(sketch));
        strips.push_back(strip);
    }
    if (drawn < rows.sketches().size()) {
        missing.push_back(
            fmt::format("The charts have the first {} of {} sketches, the tables all.", drawn,
                        rows.sketches().size()));
    }
    if (!strips.empty()) strips.back().set("is_last", PageData(true));
    data.set("has_strips", PageData(!strips.empty()));
    data.set("strips", strips);
    data.set("without_strip", html_list(missing));
}

}  // namespace

PageData html_windows(const ComparisonRows& rows, std::size_t length, const ChartPoints& points,
                      std::span<const NotableWindow> shown, std::size_t drawn) {
    const std::size_t all = rows.windows_of_length(length).size;
    const bool has_truth = !shown.empty() && rows.window(shown.front().window).exact.has_value();
    const bool has_sketches = !rows.sketches().empty();
    PageData data;
    data.set("length", rows.lengths()[length]);
    data.set("number", std::to_string(length));
    data.set("about", about_text(rows, length, points));
    data.set("has_windows", PageData(points.windows > 0));
    data.set("is_alone", PageData(points.windows == 1));
    data.set("has_errors", PageData(has_truth && has_sketches));
    data.set("counts_title", has_truth && has_sketches ? "Unique ids: exact and estimated"
                             : has_truth               ? "Unique ids, exactly"
                                         : "Unique ids as the sketches estimate them");
    data.set("table_title", table_title(shown.size(), all));
    data.set("is_open", PageData(shown.size() <= 20));
    data.set(
        "counts_table",
        html_table("Counts of windows of " + rows.lengths()[length],
                   window_columns(rows, shown, {.sketches = rows.sketches().size()}, kHtmlStyle)));
    data.set("errors_table", html_table("Relative errors in windows of " + rows.lengths()[length],
                                        error_columns(rows, shown)));
    add_strips(rows, points, drawn, data);
    return data;
}

std::vector<TextColumn> worst_columns(const ComparisonRows& rows, std::size_t length) {
    TextColumn name = empty_column("sketch", Align::left);
    TextColumn window = empty_column("window (UTC)", Align::left);
    TextColumn exact = empty_column("exact", Align::right);
    TextColumn estimate = empty_column("estimate", Align::right);
    TextColumn error = empty_column("error", Align::right);
    TextColumn band = empty_column("±2σ", Align::right);
    TextColumn sigmas = empty_column("error in σ", Align::right);
    const std::size_t sketches = std::max<std::size_t>(rows.sketches().size(), 1);
    const auto worst = worst_windows(
        rows, length, std::clamp<std::size_t>(kWorstWindowsOfAll / sketches, 1, kWorstWindows));
    std::vector<WindowTime> starts;
    for (const auto& windows : worst) {
        for (const std::size_t i : windows)
            starts.push_back(rows.window(i).start);
    }
    const TimePrecision precision = precision_for(starts);
    for (std::size_t sketch = 0; sketch < worst.size(); ++sketch) {
        for (const std::size_t i : worst[sketch]) {
            const ComparisonRow row = rows.row(i, sketch);
            name.cells.push_back({std::string(row.sketch)});
            window.cells.push_back(
                {short_time(row.window_start, precision) + (row.complete ? "" : "~")});
            exact.cells.push_back({row.exact ? grouped(*row.exact) : kHtmlStyle.missing()});
            estimate.cells.push_back(
                {row.estimate ? grouped(*row.estimate) : kHtmlStyle.missing()});
            error.cells.push_back({signed_or_missing(row.relative_error), Emphasis::strong});
            band.cells.push_back({twice_percent(row.predicted_rse), Emphasis::faint});
            sigmas.cells.push_back({sigmas_text(row.z)});
        }
    }
    return {name, window, exact, estimate, error, band, sigmas};
}

}  // namespace stream_analyzer
