#include "compare/accuracy_charts.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace stream_analyzer {

namespace {

using Row = const AccuracyRow&;

bool is_about(const SizeChart& chart, Row row) {
    return chart.window == row.window && chart.n_min == row.n_min && chart.n_max == row.n_max;
}

void note_dump(Row row, SizeChart& chart) {
    if (row.evidence != Evidence::dump) return;
    chart.windows = row.samples;
    chart.is_rollup = row.is_rollup;
    if (!row.share_of_exact_bytes || *row.share_of_exact_bytes <= 0) return;
    chart.exact_bytes = static_cast<double>(row.sketch.memory_bytes()) / *row.share_of_exact_bytes;
}

/// One chart for all rows about the same ids.
std::vector<SizeChart> all_size_charts(const std::vector<AccuracyRow>& rows) {
    std::vector<SizeChart> charts;
    for (Row row : rows) {
        // Rows of the same ids stand together, but for a dump of one window and its trials.
        auto chart = std::find_if(charts.rbegin(), charts.rend(),
                                  [&](const SizeChart& c) { return is_about(c, row); });
        if (chart == charts.rend()) {
            charts.push_back({.window = row.window,
                              .n_min = row.n_min,
                              .n_max = row.n_max,
                              .windows = {},
                              .is_rollup = false,
                              .exact_bytes = {},
                              .rows = {}});
            chart = charts.rbegin();
        }
        note_dump(row, *chart);
        chart->rows.push_back(row);
    }
    return charts;
}

/// Whether the `at`-th of `size` charts of trials of this window length is shown.
bool is_shown(const std::string& window, std::size_t at, std::size_t size) {
    if (!window.empty()) return at == std::min<std::size_t>(1, size - 1);
    return at == 0 || at == size / 2 || at == size - 1;
}

std::vector<AccuracyRow> thinned(std::vector<AccuracyRow> rows, std::size_t limit) {
    if (rows.size() <= limit) return rows;
    const std::size_t slots = std::max<std::size_t>(limit / 2, 1);
    std::vector<AccuracyRow> kept;
    for (std::size_t slot = 0; slot < slots; ++slot) {
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(slot * rows.size() / slots);
        const auto end =
            rows.begin() + static_cast<std::ptrdiff_t>((slot + 1) * rows.size() / slots);
        const auto worst = std::max_element(begin, end, [](Row one, Row other) {
            return one.errors.max_absolute_error.value_or(0) <
                   other.errors.max_absolute_error.value_or(0);
        });
        kept.push_back(*begin);
        if (worst != begin) kept.push_back(*worst);
    }
    // The last number of ids is an end of the axis.
    if (kept.back().n_min != rows.back().n_min) kept.push_back(rows.back());
    return kept;
}

}  // namespace

std::vector<SizeChart> size_charts(const std::vector<AccuracyRow>& rows) {
    std::vector<SizeChart> all = all_size_charts(rows);
    std::map<std::string, std::size_t> sizes;  // charts of trials alone, by window length
    for (const SizeChart& chart : all) {
        if (!chart.windows) ++sizes[chart.window];
    }
    std::map<std::string, std::size_t> seen;
    std::vector<SizeChart> shown;
    for (SizeChart& chart : all) {
        if (chart.windows || is_shown(chart.window, seen[chart.window]++, sizes[chart.window])) {
            shown.push_back(std::move(chart));
        }
    }
    return shown;
}

std::vector<CardinalityChart> cardinality_charts(const std::vector<AccuracyRow>& rows,
                                                 std::size_t limit) {
    std::vector<CardinalityChart> charts;
    std::map<std::string, std::map<std::uint64_t, AccuracyRow>> by_number;  // by sketch
    for (Row row : rows) {
        if (row.evidence == Evidence::dump || row.evidence == Evidence::rehash) continue;
        if (row.n_min != row.n_max) continue;
        auto& numbers = by_number[row.sketch.name()];
        if (numbers.empty()) charts.push_back({.sketch = row.sketch, .numbers = 0, .rows = {}});
        const auto [at, is_new] = numbers.try_emplace(row.n_min, row);
        if (!is_new && row.evidence == Evidence::trials) at->second = row;
    }
    for (CardinalityChart& chart : charts) {
        std::vector<AccuracyRow> all;
        for (auto& [n, row] : by_number[chart.sketch.name()])
            all.push_back(std::move(row));
        chart.numbers = all.size();
        chart.rows = thinned(std::move(all), limit);
    }
    return charts;
}

}  // namespace stream_analyzer
