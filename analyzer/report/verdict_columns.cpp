#include "report/verdict_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/size.hpp"
#include "report/number_text.hpp"
#include "report/time_text.hpp"

namespace stream_analyzer {

namespace {

/// Builds one column from what one verdict says in it.
template <typename CellText>
TextColumn column_of(std::span<const SketchVerdict> verdicts, std::string header, int drop_order,
                     CellText cell_text) {
    TextColumn column{
        .header = std::move(header), .align = Align::right, .drop_order = drop_order, .cells = {}};
    for (const SketchVerdict& verdict : verdicts)
        column.cells.push_back({cell_text(verdict)});
    return column;
}

std::string part_of(std::uint64_t part, std::uint64_t whole) {
    return grouped(part) + "/" + grouped(whole);
}

void append_error_columns(std::vector<TextColumn>& columns, std::span<const SketchVerdict> verdicts,
                          const TextStyle& style) {
    const auto plain = [&](std::optional<double> value) {
        return value ? percent(*value) : std::string(style.missing());
    };
    const auto with_sign = [&](std::optional<double> value) {
        return value ? signed_percent(*value, style.minus()) : std::string(style.missing());
    };
    const auto within = [&](std::uint64_t part, std::uint64_t whole) {
        return whole == 0 ? std::string(style.missing()) : part_of(part, whole);
    };
    std::vector<WindowTime> worst_times;
    for (const SketchVerdict& verdict : verdicts) {
        if (verdict.worst_window) worst_times.push_back(*verdict.worst_window);
    }
    const TimePrecision precision = precision_for(worst_times);

    using Verdict = const SketchVerdict&;
    const auto add = [&](std::string header, int drop_order, auto cell_text) {
        columns.push_back(column_of(verdicts, std::move(header), drop_order, cell_text));
    };
    add("RMSE", 0, [&](Verdict v) { return plain(v.rmse); });
    add("theory", 0, [&](Verdict v) { return plain(v.predicted_rmse); });
    add("bias", 4, [&](Verdict v) { return with_sign(v.bias); });
    add("p50", 1, [&](Verdict v) { return plain(v.p50_absolute_error); });
    add("p95", 3, [&](Verdict v) { return plain(v.p95_absolute_error); });
    add("worst", 0, [&](Verdict v) { return with_sign(v.worst_error); });
    add("in window", 5, [&](Verdict v) {
        return v.worst_window ? short_time(*v.worst_window, precision)
                              : std::string(style.missing());
    });
    add(style.within_1_sigma(), 2, [&](Verdict v) { return within(v.within_1_sigma, v.with_z); });
    add(style.within_2_sigma(), 7, [&](Verdict v) { return within(v.within_2_sigma, v.with_z); });
}

}  // namespace

std::vector<TextColumn> verdict_columns(std::span<const SketchVerdict> verdicts,
                                        const TextStyle& style) {
    std::vector<TextColumn> columns;
    if (verdicts.empty()) return columns;
    using Verdict = const SketchVerdict&;
    const bool one_length = std::ranges::all_of(
        verdicts, [&](Verdict v) { return v.window == verdicts.front().window; });
    const bool has_errors = std::ranges::any_of(verdicts, [](Verdict v) { return v.counted > 0; });
    const bool all_counted =
        std::ranges::all_of(verdicts, [](Verdict v) { return v.counted == v.windows; });

    if (!one_length) {
        columns.push_back(column_of(verdicts, "window", 0, [](Verdict v) { return v.window; }));
        columns.back().align = Align::left;
    }
    columns.push_back(column_of(verdicts, "sketch", 0, [](Verdict v) { return v.sketch; }));
    columns.back().align = Align::left;
    columns.push_back(
        column_of(verdicts, "memory", 6, [](Verdict v) { return format_size(v.sketch_bytes); }));
    if (has_errors) {
        append_error_columns(columns, verdicts, style);
    } else if (std::ranges::any_of(verdicts, [](Verdict v) { return v.predicted > 0; })) {
        columns.push_back(column_of(verdicts, "theory", 0, [&](Verdict v) {
            return v.predicted_rmse ? percent(*v.predicted_rmse) : std::string(style.missing());
        }));
    }
    if (has_errors && !all_counted) {
        columns.push_back(column_of(verdicts, "counted", 0,
                                    [](Verdict v) { return part_of(v.counted, v.windows); }));
    }
    const bool any_saturated =
        std::ranges::any_of(verdicts, [](Verdict v) { return v.saturated > 0; });
    if (any_saturated) {
        columns.push_back(column_of(verdicts, "saturated", 0, [&](Verdict v) {
            return v.saturated == 0 ? std::string(style.missing()) : grouped(v.saturated);
        }));
        for (std::size_t i = 0; i < verdicts.size(); ++i) {
            if (verdicts[i].saturated == 0) continue;
            columns.back().cells[i].emphasis = Emphasis::warning;
        }
    }
    return columns;
}

std::string missing_theory_note(std::span<const SketchVerdict> verdicts, const TextStyle& style) {
    std::string sketches;
    for (const SketchVerdict& verdict : verdicts) {
        if (verdict.without_theory == 0) continue;
        sketches += fmt::format("{}{} in {} of {}", sketches.empty() ? "" : ", ", verdict.sketch,
                                grouped(verdict.without_theory),
                                grouped(verdict.without_theory + verdict.predicted));
    }
    if (sketches.empty()) return "";
    return fmt::format("theory is {} where it predicts nothing for some of the windows: {}.",
                       style.missing(), sketches);
}

}  // namespace stream_analyzer
