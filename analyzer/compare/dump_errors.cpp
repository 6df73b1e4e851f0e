#include "compare/dump_errors.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "compare/comparison_row.hpp"

namespace stream_analyzer {

namespace {

std::optional<double> share(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

DumpErrors::DumpErrors(std::span<const SketchSpec> sketches, std::vector<std::string> lengths)
    : sketches_(sketches.begin(), sketches.end()), theory_(compared_sketches(sketches)) {
    for (std::string& label : lengths) {
        Length& length = lengths_.emplace_back();
        length.label = std::move(label);
        length.cells.resize(sketches_.size());
    }
}

void DumpErrors::add(const WindowResult& window) {
    Length& length = lengths_.at(window.length);
    ++length.windows;
    if (window.exact.value_or(0) == 0) return;
    length.counts.push_back(*window.exact);
    length.exact_bytes += static_cast<double>(window.exact_bytes.value_or(0));
    for (std::size_t s = 0; s < sketches_.size(); ++s)
        add_error(theory_[s], window, length.cells[s], window.estimates.at(s));
}

void DumpErrors::add_error(const ComparedSketch& sketch, const WindowResult& window, Cell& cell,
                           const SketchEstimate& estimate) {
    if (estimate.saturated || !std::isfinite(estimate.value)) {
        ++cell.saturated;
        return;
    }
    const auto n = static_cast<double>(*window.exact);
    const double error = (estimate.value - n) / n;
    cell.errors.push_back(error);
    if (std::fabs(error) > cell.max_error) {
        cell.max_error = std::fabs(error);
        cell.max_window = window.start;
    }
    const auto predicted = sketch.predicted_rse(n);
    if (!predicted || !std::isfinite(*predicted)) {
        ++cell.without_theory;
        return;
    }
    cell.predicted_squares += *predicted * *predicted;
    if (n * *predicted < kLeastNormalError_ids) return;
    ++cell.with_z;
    if (std::fabs(error) <= *predicted) ++cell.within_1_sigma;
    if (std::fabs(error) <= 2 * *predicted) ++cell.within_2_sigma;
}

AccuracyRow DumpErrors::row(const Length& length, std::size_t sketch) const {
    const Cell& cell = length.cells[sketch];
    AccuracyRow row;
    row.sketch = sketches_[sketch];
    row.window = length.label;
    row.evidence = Evidence::dump;
    row.samples = length.windows;
    row.n_min = *std::ranges::min_element(length.counts);
    row.n_max = *std::ranges::max_element(length.counts);
    row.theory_doubt = theory_doubt(row.sketch, static_cast<double>(row.n_max));
    if (length.exact_bytes > 0) {
        row.share_of_exact_bytes = static_cast<double>(row.sketch.memory_bytes()) *
                                   static_cast<double>(length.windows) / length.exact_bytes;
    }
    row.errors = error_statistics(cell.errors);
    row.errors.rmse_low.reset();
    row.errors.rmse_high.reset();
    row.saturated = cell.saturated;
    row.left_out = length.windows - cell.errors.size();
    if (cell.errors.empty()) return row;
    row.max_window = cell.max_window;
    if (cell.without_theory == 0) {
        row.predicted_rse =
            std::sqrt(cell.predicted_squares / static_cast<double>(cell.errors.size()));
        if (*row.predicted_rse > 0) {
            row.observed_over_predicted = *row.errors.rmse / *row.predicted_rse;
        }
    }
    row.share_within_1_sigma = share(cell.within_1_sigma, cell.with_z);
    row.share_within_2_sigma = share(cell.within_2_sigma, cell.with_z);
    return row;
}

std::vector<AccuracyRow> DumpErrors::rows(std::size_t length) const {
    const Length& all = lengths_.at(length);
    std::vector<AccuracyRow> rows;
    if (all.counts.empty()) return rows;
    for (std::size_t s = 0; s < sketches_.size(); ++s) {
        AccuracyRow dump = row(all, s);
        dump.is_rollup = length > 0;
        AccuracyRow theory;
        theory.sketch = dump.sketch;
        theory.share_of_exact_bytes = dump.share_of_exact_bytes;
        theory.window = dump.window;
        theory.is_rollup = dump.is_rollup;
        theory.n_min = dump.n_min;
        theory.n_max = dump.n_max;
        theory.predicted_rse = dump.predicted_rse;
        theory.theory_doubt = dump.theory_doubt;
        rows.push_back(std::move(theory));
        rows.push_back(std::move(dump));
    }
    return rows;
}

std::vector<std::uint64_t> DumpErrors::typical_cardinalities(std::size_t length) const {
    return typical_of(lengths_.at(length).counts);
}

std::vector<std::uint64_t> typical_of(std::vector<std::uint64_t> counts) {
    if (counts.empty()) return {};
    std::ranges::sort(counts);
    const auto ranked = [&](std::size_t percent) {
        return counts[(counts.size() * percent + 99) / 100 - 1];
    };
    std::vector<std::uint64_t> typical{counts.front(), ranked(50), ranked(95), counts.back()};
    typical.erase(std::unique(typical.begin(), typical.end()), typical.end());
    return typical;
}

std::vector<std::size_t> typical_windows(const WindowTable& windows, std::uint64_t most_ids) {
    std::vector<std::size_t> chosen;
    for (std::size_t length = 0; length < windows.lengths().size(); ++length) {
        const WindowRange range = windows.range_of(length);
        std::vector<std::uint64_t> counts;
        std::unordered_map<std::uint64_t, std::size_t> first_of;
        for (std::size_t i = range.first; i < range.first + range.size; ++i) {
            const std::uint64_t ids = windows.at(i).exact.value_or(0);
            if (ids == 0) continue;
            counts.push_back(ids);
            first_of.try_emplace(ids, i);
        }
        for (const std::uint64_t ids : typical_of(std::move(counts))) {
            if (ids <= most_ids) chosen.push_back(first_of.at(ids));
        }
    }
    return chosen;
}

}  // namespace stream_analyzer
