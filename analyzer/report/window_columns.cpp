#include "report/window_columns.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "report/number_text.hpp"
#include "report/time_text.hpp"

namespace stream_analyzer {

namespace {

/// Builds columns row by row, with the ellipses between rows that are no neighbours.
class RowLayout {
  public:
    RowLayout(std::span<const NotableWindow> windows, const TextStyle& style)
        : windows_(windows), style_(style) {}

    template <typename CellOf>
    [[nodiscard]] TextColumn column(std::string header, CellOf cell_of, bool shows_ellipsis) const {
        TextColumn column{
            .header = std::move(header), .align = Align::right, .drop_order = 0, .cells = {}};
        for (std::size_t i = 0; i < windows_.size(); ++i) {
            const bool follows = i == 0 || windows_[i].window == windows_[i - 1].window + 1;
            if (!follows) {
                column.cells.push_back({shows_ellipsis ? style_.ellipsis() : "", Emphasis::faint});
            }
            column.cells.push_back(cell_of(windows_[i]));
        }
        return column;
    }

  private:
    std::span<const NotableWindow> windows_;
    const TextStyle& style_;
};

TextColumn start_column(const RowLayout& layout, const ComparisonRows& rows,
                        std::span<const NotableWindow> windows) {
    std::vector<WindowTime> starts;
    for (const NotableWindow& notable : windows) {
        starts.push_back(rows.window(notable.window).start);
    }
    const TimePrecision precision = precision_for(starts);
    TextColumn column = layout.column(
        "window (UTC)",
        [&](const NotableWindow& notable) {
            const WindowResult& window = rows.window(notable.window);
            return TextCell{short_time(window.start, precision) + (window.complete ? "" : "~")};
        },
        true);
    column.align = Align::left;
    return column;
}

TextCell estimate_cell(const ComparisonRow& row, const TextStyle& style) {
    if (row.saturated.value_or(false)) return {"saturated", Emphasis::warning};
    return {row.estimate ? grouped(*row.estimate) : style.missing()};
}

TextCell error_cell(const ComparisonRow& row, bool is_worst, bool is_alone,
                    const TextStyle& style) {
    if (row.saturated.value_or(false)) {
        // Beside an estimate that says so already, the cell stays empty.
        return {is_alone ? "saturated " : "", Emphasis::warning};
    }
    if (!row.relative_error) return {std::string(style.missing()) + " "};
    return {signed_percent(*row.relative_error, style.minus()) + (is_worst ? "*" : " "),
            is_worst ? Emphasis::strong : Emphasis::none};
}

void append_sketch_columns(std::vector<TextColumn>& columns, const RowLayout& layout,
                           const ComparisonRows& rows, std::size_t sketch, bool has_truth,
                           bool with_estimates, const TextStyle& style) {
    const std::string& name = rows.sketches().at(sketch).name;
    const bool shows_estimate = with_estimates || !has_truth;
    if (shows_estimate) {
        columns.push_back(layout.column(
            name,
            [&](const NotableWindow& notable) {
                return estimate_cell(rows.row(notable.window, sketch), style);
            },
            false));
    }
    if (!has_truth) return;
    columns.push_back(layout.column(
        shows_estimate ? "error " : name + " ",
        [&](const NotableWindow& notable) {
            const bool is_worst =
                std::ranges::find(notable.worst_of, sketch) != notable.worst_of.end();
            return error_cell(rows.row(notable.window, sketch), is_worst, !shows_estimate, style);
        },
        false));
}

}  // namespace

std::vector<TextColumn> window_columns(const ComparisonRows& rows,
                                       std::span<const NotableWindow> windows,
                                       const WindowColumnsChoice& choice, const TextStyle& style) {
    const RowLayout layout(windows, style);
    const auto result = [&](const NotableWindow& notable) -> const WindowResult& {
        return rows.window(notable.window);
    };
    const bool has_truth = std::ranges::any_of(
        windows, [&](const NotableWindow& notable) { return result(notable).exact.has_value(); });

    std::vector<TextColumn> columns;
    columns.push_back(start_column(layout, rows, windows));
    columns.push_back(layout.column(
        "records",
        [&](const NotableWindow& notable) { return TextCell{grouped(result(notable).records)}; },
        false));
    columns.back().drop_order = 1;
    if (has_truth) {
        columns.push_back(layout.column(
            "exact",
            [&](const NotableWindow& notable) {
                const auto exact = result(notable).exact;
                return TextCell{exact ? grouped(*exact) : style.missing()};
            },
            false));
    }
    const std::size_t sketches = std::min(choice.sketches, rows.sketches().size());
    for (std::size_t sketch = 0; sketch < sketches; ++sketch) {
        append_sketch_columns(columns, layout, rows, sketch, has_truth, choice.with_estimates,
                              style);
    }
    return columns;
}

std::string sketch_notes(const ComparisonRows& rows) {
    std::string notes;
    for (const ComparedSketch& sketch : rows.sketches()) {
        if (notes.find(sketch.note) != std::string::npos) continue;
        notes += (notes.empty() ? "" : " ") + sketch.note;
    }
    return notes;
}

}  // namespace stream_analyzer
