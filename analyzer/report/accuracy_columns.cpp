#include "report/accuracy_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compare/comparison_row.hpp"
#include "compare/target_range.hpp"
#include "core/size.hpp"
#include "report/number_text.hpp"
#include "report/time_text.hpp"
#include "sketch/sketch_grid.hpp"

namespace stream_analyzer {

namespace {

using Rows = std::vector<const AccuracyRow*>;
using Row = const AccuracyRow&;

Rows shown_rows(const AccuracyTable& table) {
    const bool only_theory =
        std::ranges::all_of(table.rows, [](Row row) { return row.evidence == Evidence::theory; });
    Rows rows;
    for (const AccuracyRow& row : table.rows) {
        if (only_theory || row.evidence != Evidence::theory) rows.push_back(&row);
    }
    return rows;
}

template <typename Holds>
bool any_row(const AccuracyTable& table, Holds holds) {
    return std::ranges::any_of(table.rows, holds);
}

/// Adds columns; those that hold nothing in any row are left out.
class Columns {
  public:
    Columns(Rows rows, const TextStyle& style) : rows_{std::move(rows)}, style_{style} {}

    template <typename CellText>
    void add(std::string header, Align align, int drop_order, CellText cell_text) {
        TextColumn column{
            .header = std::move(header), .align = align, .drop_order = drop_order, .cells = {}};
        bool is_empty = true;
        for (const AccuracyRow* row : rows_) {
            std::string text = cell_text(*row);
            is_empty = is_empty && text.empty();
            column.cells.push_back({text.empty() ? style_.missing() : std::move(text)});
        }
        if (!is_empty) columns_.push_back(std::move(column));
    }
    template <typename CellText>
    void add(std::string header, int drop_order, CellText cell_text) {
        add(std::move(header), Align::right, drop_order, cell_text);
    }
    [[nodiscard]] const Rows& rows() const { return rows_; }
    [[nodiscard]] std::vector<TextColumn> take() && { return std::move(columns_); }

  private:
    Rows rows_;
    TextStyle style_;
    std::vector<TextColumn> columns_;
};

std::string percent_or_nothing(std::optional<double> value) {
    return value ? percent(*value) : std::string();
}

/// Shares need no decimals of a percent.
std::string whole_percent(std::optional<double> share) {
    return share ? fmt::format("{} %", fixed_text(*share * 100, 0)) : std::string();
}

std::string n_text(Row row) {
    if (row.n_min == row.n_max) return grouped(row.n_min);
    return fmt::format("{} to {}", grouped(row.n_min), grouped(row.n_max));
}

std::string interval_text(Row row) {
    if (!row.errors.rmse_low || !row.errors.rmse_high) return "";
    std::string low = percent(*row.errors.rmse_low);
    low.resize(low.size() - std::string_view(" %").size());
    return fmt::format("{} to {}", low, percent(*row.errors.rmse_high));
}

std::string range_text(Row row) {
    if (!row.n_max_within_target) return "";
    if (*row.n_max_within_target == 0) return "not held";
    if (*row.n_max_within_target >= kMostTheoryIds) return "any number";
    return grouped(*row.n_max_within_target);
}

void add_subject(Columns& columns) {
    const Rows& rows = columns.rows();
    const bool no_dump = std::ranges::all_of(
        rows, [](const AccuracyRow* row) { return row->evidence != Evidence::dump; });
    columns.add("window", Align::left, 0, [](Row row) { return row.window; });
    columns.add("ids", 0, n_text);
    columns.add("sketch", Align::left, 0, [](Row row) { return row.sketch.name(); });
    columns.add("memory", 60, [](Row row) { return format_size(row.sketch.memory_bytes()); });
    columns.add("of exact", 20,
                [](Row row) { return percent_or_nothing(row.share_of_exact_bytes); });
    if (!no_dump) {
        columns.add("evidence", Align::left, 0, [](Row row) {
            if (!row.samples) return std::string();
            const std::string_view what = row.evidence == Evidence::dump     ? "window"
                                          : row.evidence == Evidence::rehash ? "hash seed"
                                                                             : "trial";
            return fmt::format("{} {}{}{}", grouped(*row.samples), what,
                               *row.samples == 1 ? "" : "s",
                               row.evidence == Evidence::dump && row.is_rollup ? ", merged" : "");
        });
    }
}

void add_errors(Columns& columns, const TextStyle& style) {
    std::vector<WindowTime> times;
    for (const AccuracyRow* row : columns.rows()) {
        if (row->max_window) times.push_back(*row->max_window);
    }
    const TimePrecision precision = precision_for(times);
    columns.add("RMSE", 0, [](Row row) {
        return percent_or_nothing(row.errors.rmse) +
               (row.theory_in_interval.value_or(true) ? "" : "!");
    });
    columns.add("99 % interval", 40, interval_text);
    columns.add("theory", 0, [](Row row) {
        return percent_or_nothing(row.predicted_rse) +
               (row.predicted_rse && row.theory_doubt != TheoryDoubt::none ? "~" : "");
    });
    columns.add("RMSE/theory", 10,
                [](Row row) { return fixed_text(row.observed_over_predicted, 3); });
    columns.add("bias", 50, [&](Row row) {
        return row.errors.bias ? signed_percent(*row.errors.bias, style.minus()) : std::string();
    });
    columns.add("mean", 5,
                [](Row row) { return percent_or_nothing(row.errors.mean_absolute_error); });
    columns.add("p50", 15,
                [](Row row) { return percent_or_nothing(row.errors.p50_absolute_error); });
    columns.add("p95", 70,
                [](Row row) { return percent_or_nothing(row.errors.p95_absolute_error); });
    columns.add("p99", 45,
                [](Row row) { return percent_or_nothing(row.errors.p99_absolute_error); });
    columns.add("max", 65,
                [](Row row) { return percent_or_nothing(row.errors.max_absolute_error); });
    columns.add("in window", 25, [&](Row row) {
        return row.max_window ? short_time(*row.max_window, precision) : std::string();
    });
    columns.add(style.within_1_sigma(), 30,
                [](Row row) { return whole_percent(row.share_within_1_sigma); });
    columns.add(style.within_2_sigma(), 35,
                [](Row row) { return whole_percent(row.share_within_2_sigma); });
    columns.add("saturated", 0, [](Row row) {
        return row.saturated.value_or(0) == 0 ? std::string() : grouped(*row.saturated);
    });
    columns.add("within target up to", 55, range_text);
}

}  // namespace

std::vector<TextColumn> accuracy_columns(const AccuracyTable& table, const TextStyle& style) {
    if (table.rows.empty()) return {};
    Columns columns(shown_rows(table), style);
    add_subject(columns);
    add_errors(columns, style);
    return std::move(columns).take();
}

std::string accuracy_title(const AccuracyTable& table) {
    if (table.hash_seed) {
        return fmt::format(
            "Relative errors of sketches in the dump (hash seed {}){}", *table.hash_seed,
            table.trials == 0
                ? ""
                : fmt::format(" and in {} trial{} with fresh ids, seed {}", grouped(table.trials),
                              table.trials == 1 ? "" : "s", table.seed));
    }
    if (table.trials == 0) return "Relative errors of sketches as theory predicts them";
    return fmt::format("Relative errors of sketches in {} trial{} with fresh ids, seed {}",
                       grouped(table.trials), table.trials == 1 ? "" : "s", table.seed);
}

std::string accuracy_notes(const AccuracyTable& table, const TextStyle& style) {
    std::string notes;
    if (any_row(table, [](Row row) { return row.errors.rmse.has_value(); })) {
        notes +=
            "RMSE: typical error; theory: the RMSE to expect; p95: 19 of 20 errors are at most "
            "this "
            "large.";
    }
    if (any_row(table, [](Row row) { return row.theory_in_interval == false; })) {
        notes +=
            " !: theory is outside the 99 % interval of the trials' RMSE (1 in 100 by chance).";
    }
    if (any_row(table, [](Row row) {
            return row.predicted_rse && row.theory_doubt != TheoryDoubt::none;
        })) {
        notes +=
            " ~: theory is a first approximation there and too low: a linear counter that is "
            "nearly full, or few registers.";
    }
    if (any_row(table, [](Row row) { return !row.predicted_rse; })) {
        notes += fmt::format(
            " theory is {} where it predicts nothing: a linear counter that is all but full.",
            style.missing());
    }
    if (any_row(table, [](Row row) { return row.saturated.value_or(0) > 0; })) {
        notes +=
            " Saturated sketches were full and have no estimate: the errors leave them out, and "
            "are too good.";
    }
    if (any_row(table, [](Row row) {
            return row.errors.rmse && row.predicted_rse && !row.share_within_1_sigma;
        })) {
        notes += fmt::format(" {} only with at least {} ids of predicted error.",
                             style.within_2_sigma(), kLeastNormalError_ids);
    }
    if (any_row(table, [](Row row) { return row.evidence == Evidence::dump; })) {
        notes += " Windows of a dump share ids and hash: a case study, not independent trials.";
    }
    if (any_row(table, [](Row row) { return row.evidence == Evidence::dump && row.is_rollup; })) {
        notes +=
            " merged: the sketches of a roll-up's windows, merged, against the exact count of all "
            "their ids; merging adds no error.";
    }
    if (any_row(table, [](Row row) { return row.evidence == Evidence::rehash; })) {
        notes +=
            " Hash seeds: the ids of one window of the dump hashed anew under so many seeds, which "
            "tells how well these ids are hashed.";
    }
    std::vector<SketchFamily> noted;
    for (const AccuracyRow& row : table.rows) {
        const std::string_view note = family_note(row.sketch.family);
        if (note.empty() || std::ranges::count(noted, row.sketch.family) > 0) continue;
        noted.push_back(row.sketch.family);
        notes += fmt::format(" {}", note);
    }
    return notes.starts_with(' ') ? notes.substr(1) : notes;
}

}  // namespace stream_analyzer
