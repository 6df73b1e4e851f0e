#include "compare/error_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace stream_analyzer {

namespace {

/// Of the standard normal law: 99 % lie within.
constexpr double k99Percent_sigmas = 2.5758293035489004;

/// The ceil(percent * N / 100)-th smallest.
double nearest_rank(const std::vector<double>& sorted, std::size_t percent) {
    return sorted[(sorted.size() * percent + 99) / 100 - 1];
}

void add_interval(double second_moment, double fourth_moment, ErrorStatistics& statistics,
                  double count) {
    const double excess = fourth_moment / (second_moment * second_moment) - 1;
    if (!(excess > 0) || !std::isfinite(excess)) return;
    const double factor = std::exp(k99Percent_sigmas * std::sqrt(excess / 4 / count));
    statistics.rmse_low = *statistics.rmse / factor;
    statistics.rmse_high = *statistics.rmse * factor;
}

}  // namespace

ErrorStatistics error_statistics(const std::vector<double>& errors) {
    ErrorStatistics statistics;
    if (errors.empty()) return statistics;
    const auto count = static_cast<double>(errors.size());
    double sum = 0;
    double squares = 0;
    double fourth_powers = 0;
    double absolute_sum = 0;
    std::vector<double> absolute;
    absolute.reserve(errors.size());
    for (const double error : errors) {
        sum += error;
        squares += error * error;
        fourth_powers += error * error * error * error;
        absolute.push_back(std::fabs(error));
        absolute_sum += absolute.back();
    }
    std::ranges::sort(absolute);
    statistics.bias = sum / count;
    statistics.rmse = std::sqrt(squares / count);
    statistics.mean_absolute_error = absolute_sum / count;
    statistics.p50_absolute_error = nearest_rank(absolute, 50);
    statistics.p95_absolute_error = nearest_rank(absolute, 95);
    if (errors.size() >= kLeastTrialsForP99) {
        statistics.p99_absolute_error = nearest_rank(absolute, 99);
    }
    statistics.max_absolute_error = absolute.back();
    if (errors.size() >= kLeastTrialsForInterval && squares > 0) {
        add_interval(squares / count, fourth_powers / count, statistics, count);
    }
    return statistics;
}

}  // namespace stream_analyzer
