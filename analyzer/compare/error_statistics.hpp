// What a number of relative errors say together.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace stream_analyzer {

/// With fewer trials their own fourth moment says too little of the interval.
inline constexpr std::uint64_t kLeastTrialsForInterval = 100;

/// With fewer, one in a hundred is less than ten errors.
inline constexpr std::uint64_t kLeastTrialsForP99 = 1000;

/// Errors are relative (fractions). What is undefined is absent; no NaN and no infinity.
struct ErrorStatistics {
    std::optional<double> bias;  ///< mean of the signed errors
    std::optional<double> rmse;  ///< root of the mean squared error
    /// 99 % confidence interval of rmse for independent errors: rmse e^(+-2.576 s), where s =
    /// sqrt((kurtosis - 1) / 4N) is its relative standard error (1 / sqrt(2N) for normal errors).
    /// Absent below kLeastTrialsForInterval errors and where all of them have the same size.
    std::optional<double> rmse_low;
    std::optional<double> rmse_high;
    std::optional<double> mean_absolute_error;
    /// Quantiles of |e| by nearest rank; p99 from kLeastTrialsForP99 errors on.
    std::optional<double> p50_absolute_error;
    std::optional<double> p95_absolute_error;
    std::optional<double> p99_absolute_error;
    std::optional<double> max_absolute_error;
};

/// `errors` are finite. O(N log N).
[[nodiscard]] ErrorStatistics error_statistics(const std::vector<double>& errors);

}  // namespace stream_analyzer
