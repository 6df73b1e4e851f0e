#include "compare/sketch_verdict.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace stream_analyzer {

namespace {

/// A sum and what it can tell; nothing when it is over no value or out of range.
class Mean {
  public:
    void add(double value) {
        sum_ += value;
        ++values_;
    }
    [[nodiscard]] std::optional<double> value() const {
        if (values_ == 0 || !std::isfinite(sum_)) return std::nullopt;
        return sum_ / static_cast<double>(values_);
    }
    [[nodiscard]] std::optional<double> root() const {
        const auto mean = value();
        return mean ? std::optional(std::sqrt(*mean)) : std::nullopt;
    }

  private:
    double sum_ = 0;
    std::uint64_t values_ = 0;
};

/// The ceil(percent * N / 100)-th smallest of N values.
std::optional<double> nearest_rank(std::vector<double>& values, std::size_t percent) {
    if (values.empty()) return std::nullopt;
    const std::size_t rank = (values.size() * percent + 99) / 100;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::ranges::nth_element(values, at);
    return *at;
}

std::optional<double> share(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

/// Takes the rows of one sketch and length, in order of time.
class VerdictBuilder {
  public:
    explicit VerdictBuilder(SketchVerdict verdict) : verdict_(std::move(verdict)) {}

    void add(const ComparisonRow& row) {
        ++verdict_.windows;
        if (row.saturated.value_or(false)) {
            ++verdict_.saturated;
            return;
        }
        // Theory needs no truth, but beside errors it must be theory of the same windows.
        if (row.relative_error || (row.estimate && !row.exact)) add_theory(row.predicted_rse);
        if (!row.relative_error) {
            ++verdict_.without_truth;
            return;
        }
        add_error(*row.relative_error, row.window_start);
        if (row.z) add_z(*row.z);
    }

    [[nodiscard]] SketchVerdict finish() && {
        verdict_.counted = absolute_.size();
        verdict_.bias = signed_.value();
        verdict_.rmse = squared_.root();
        verdict_.mean_absolute_error = mean_absolute_.value();
        verdict_.p50_absolute_error = nearest_rank(absolute_, 50);
        verdict_.p95_absolute_error = nearest_rank(absolute_, 95);
        if (verdict_.without_theory == 0) {
            verdict_.mean_predicted_rse = predicted_.value();
            verdict_.predicted_rmse = predicted_squared_.root();
        }
        verdict_.rms_z = z_squared_.root();
        verdict_.share_within_1_sigma = share(verdict_.within_1_sigma, verdict_.with_z);
        verdict_.share_within_2_sigma = share(verdict_.within_2_sigma, verdict_.with_z);
        return std::move(verdict_);
    }

  private:
    void add_error(double error, WindowTime start) {
        const double absolute = std::fabs(error);
        signed_.add(error);
        squared_.add(error * error);
        mean_absolute_.add(absolute);
        absolute_.push_back(absolute);
        if (!verdict_.max_absolute_error || absolute > *verdict_.max_absolute_error) {
            verdict_.max_absolute_error = absolute;
            verdict_.worst_error = error;
            verdict_.worst_window = start;
        }
    }

    void add_theory(std::optional<double> predicted_rse) {
        if (!predicted_rse) {
            ++verdict_.without_theory;
            return;
        }
        ++verdict_.predicted;
        predicted_.add(*predicted_rse);
        predicted_squared_.add(*predicted_rse * *predicted_rse);
    }

    void add_z(double z) {
        ++verdict_.with_z;
        z_squared_.add(z * z);
        if (std::fabs(z) <= 1) ++verdict_.within_1_sigma;
        if (std::fabs(z) <= 2) ++verdict_.within_2_sigma;
    }

    SketchVerdict verdict_;
    Mean signed_;
    Mean squared_;
    Mean mean_absolute_;
    Mean predicted_;
    Mean predicted_squared_;
    Mean z_squared_;
    std::vector<double> absolute_;
};

}  // namespace

std::vector<SketchVerdict> sketch_verdicts(const ComparisonRows& rows) {
    std::vector<SketchVerdict> verdicts;
    for (std::size_t length = 0; length < rows.lengths().size(); ++length) {
        const WindowRange range = rows.windows_of_length(length);
        for (std::size_t sketch = 0; sketch < rows.sketches().size(); ++sketch) {
            SketchVerdict empty;
            empty.window = rows.lengths()[length];
            empty.sketch = rows.sketches()[sketch].name;
            empty.sketch_bytes = rows.sketches()[sketch].memory_bytes;
            VerdictBuilder builder(std::move(empty));
            for (std::size_t i = 0; i < range.size; ++i)
                builder.add(rows.row(range.first + i, sketch));
            verdicts.push_back(std::move(builder).finish());
        }
    }
    return verdicts;
}

}  // namespace stream_analyzer
