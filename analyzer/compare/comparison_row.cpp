#include "compare/comparison_row.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/error.hpp"

namespace stream_analyzer {

namespace {

/// No NaN and no infinity leaves this room.
std::optional<double> finite(std::optional<double> value) {
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> estimate_of(const SketchEstimate& sketch) {
    return sketch.saturated ? std::nullopt : finite(sketch.value);
}

std::optional<double> error_of(std::optional<double> estimate, std::optional<std::uint64_t> exact) {
    if (!estimate || !exact) return std::nullopt;
    return finite(*estimate - static_cast<double>(*exact));
}

std::optional<double> relative_to(std::optional<std::uint64_t> exact, std::optional<double> error) {
    if (!error || !exact || *exact == 0) return std::nullopt;
    return finite(*error / static_cast<double>(*exact));
}

std::optional<double> theory_at(const ComparedSketch& sketch, std::optional<double> n) {
    if (!n || !sketch.predicted_rse) return std::nullopt;
    return finite(sketch.predicted_rse(*n));
}

std::optional<double> z_of(const ComparisonRow& row) {
    if (!row.relative_error || !row.predicted_rse || !row.exact) return std::nullopt;
    const double predicted_error_ids = static_cast<double>(*row.exact) * *row.predicted_rse;
    if (predicted_error_ids < kLeastNormalError_ids) return std::nullopt;
    return finite(*row.relative_error / *row.predicted_rse);
}

}  // namespace

ComparisonRows::ComparisonRows(const WindowTable& windows, std::vector<ComparedSketch> sketches,
                               const std::atomic<bool>* interrupted)
    : table_(&windows), sketches_(std::move(sketches)), interrupted_(interrupted) {}

ComparisonRows::ComparisonRows(WindowedCounts counts, std::vector<ComparedSketch> sketches,
                               const std::atomic<bool>* interrupted)
    : held_(std::make_shared<HeldWindows>(std::move(counts))),
      table_(held_.get()),
      sketches_(std::move(sketches)),
      interrupted_(interrupted) {}

const WindowResult& ComparisonRows::window(std::size_t index) const {
    if (index != last_index_) {
        if (interrupted_ != nullptr && interrupted_->load()) {
            throw Interrupted("interrupted while windows were compared");
        }
        last_ = table_->at(index);
        last_index_ = index;
    }
    return last_;
}

std::size_t ComparisonRows::rows_per_window() const {
    return std::max<std::size_t>(sketches_.size(), 1);
}

ComparisonRow ComparisonRows::row(std::size_t window, std::size_t sketch) const {
    const WindowResult& result = this->window(window);
    ComparisonRow row{.window = table_->lengths().at(result.length),
                      .window_start = result.start,
                      .complete = result.complete,
                      .records = result.records,
                      .exact = result.exact,
                      .exact_bytes = result.exact_bytes,
                      .sketch = {},
                      .sketch_bytes = {},
                      .estimate = {},
                      .error = {},
                      .relative_error = {},
                      .predicted_rse = {},
                      .z = {},
                      .saturated = {}};
    if (sketches_.empty()) return row;

    assert(result.estimates.size() == sketches_.size());
    const ComparedSketch& compared = sketches_.at(sketch);
    const SketchEstimate& estimate = result.estimates.at(sketch);
    row.sketch = compared.name;
    row.sketch_bytes = compared.memory_bytes;
    row.saturated = estimate.saturated;
    row.estimate = estimate_of(estimate);
    row.error = error_of(row.estimate, row.exact);
    row.relative_error = relative_to(row.exact, row.error);
    row.predicted_rse = theory_at(
        compared, row.exact ? std::optional(static_cast<double>(*row.exact)) : row.estimate);
    row.z = z_of(row);
    return row;
}

std::optional<double> ComparisonRows::relative_error(std::size_t window, std::size_t sketch) const {
    const WindowResult& result = this->window(window);
    if (sketch >= sketches_.size()) return std::nullopt;
    const auto estimate = estimate_of(result.estimates.at(sketch));
    return relative_to(result.exact, error_of(estimate, result.exact));
}

}  // namespace stream_analyzer
