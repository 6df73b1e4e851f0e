#include "compare/accuracy_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "compare/comparison_row.hpp"
#include "sketch/error_model.hpp"

namespace stream_analyzer {

namespace {

std::optional<double> finite_theory(const SketchSpec& spec, std::uint64_t n) {
    const auto rse = predicted_rse(spec, static_cast<double>(n));
    return rse && std::isfinite(*rse) ? rse : std::nullopt;
}

double share_within(const std::vector<double>& errors, double bound) {
    std::size_t within = 0;
    for (const double error : errors)
        within += std::fabs(error) <= bound ? 1 : 0;
    return static_cast<double>(within) / static_cast<double>(errors.size());
}

AccuracyRow theory_row(const SketchSpec& spec, std::uint64_t n) {
    AccuracyRow row;
    row.sketch = spec;
    row.n_min = n;
    row.n_max = n;
    row.predicted_rse = finite_theory(spec, n);
    row.theory_doubt = theory_doubt(spec, static_cast<double>(n));
    return row;
}

// Sets observed beside predicted.
void judge_theory(const std::vector<double>& errors, AccuracyRow& row) {
    if (!row.predicted_rse || !row.errors.rmse) return;
    const double predicted = *row.predicted_rse;
    if (predicted > 0) row.observed_over_predicted = *row.errors.rmse / predicted;
    if (static_cast<double>(row.n_min) * predicted < kLeastNormalError_ids) {
        // A few collisions in all trials, or none: their own moments say nothing of the next ones.
        row.errors.rmse_low.reset();
        row.errors.rmse_high.reset();
        return;
    }
    row.share_within_1_sigma = share_within(errors, predicted);
    row.share_within_2_sigma = share_within(errors, 2 * predicted);
    if (!row.errors.rmse_low) return;
    row.theory_in_interval =
        *row.errors.rmse_low <= predicted && predicted <= *row.errors.rmse_high;
}

AccuracyRow trials_row(AccuracyRow row, std::span<const double> all_errors,
                       Evidence evidence = Evidence::trials) {
    std::vector<double> errors;
    errors.reserve(all_errors.size());
    for (const double error : all_errors) {
        if (error != TrialErrors::kSaturated) errors.push_back(error);
    }
    row.evidence = evidence;
    row.samples = all_errors.size();
    row.saturated = all_errors.size() - errors.size();
    row.left_out = row.saturated;
    row.errors = error_statistics(errors);
    judge_theory(errors, row);
    return row;
}

}  // namespace

std::vector<AccuracyRow> cardinality_rows(const TrialPlan& plan, const TrialErrors& errors) {
    std::vector<AccuracyRow> rows;
    for (std::size_t c = 0; c < plan.cardinalities.size(); ++c) {
        for (std::size_t s = 0; s < plan.sketches.size(); ++s) {
            rows.push_back(theory_row(plan.sketches[s], plan.cardinalities[c]));
            if (plan.trials > 0) rows.push_back(trials_row(rows.back(), errors.of(s, c)));
        }
    }
    return rows;
}

void append_rows_of(std::span<const std::uint64_t> cardinalities,
                    const std::vector<AccuracyRow>& rows, const std::string& window,
                    std::vector<AccuracyRow>& table) {
    for (const AccuracyRow& row : rows) {
        if (std::ranges::count(cardinalities, row.n_min) == 0) continue;
        table.push_back(row);
        table.back().window = window;
    }
}

void append_rehash_rows(const TrialPlan& plan, const TrialErrors& errors, std::size_t list,
                        const WindowResult& window, const std::string& label,
                        std::vector<AccuracyRow>& table) {
    for (std::size_t s = 0; s < plan.sketches.size(); ++s) {
        const AccuracyRow theory = theory_row(plan.sketches[s], window.exact.value_or(0));
        table.push_back(trials_row(theory, errors.of(s, list), Evidence::rehash));
        table.back().window = label;
        table.back().max_window = window.start;
    }
}

void append_length_rows(const DumpErrors& dump, std::size_t length,
                        const std::vector<AccuracyRow>& trials, std::vector<AccuracyRow>& table) {
    const std::vector<AccuracyRow> windows = dump.rows(length);
    table.insert(table.end(), windows.begin(), windows.end());
    append_rows_of(dump.typical_cardinalities(length), trials, dump.label(length), table);
}

}  // namespace stream_analyzer
