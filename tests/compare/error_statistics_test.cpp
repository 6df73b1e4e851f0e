#include "compare/error_statistics.hpp"

#include <cmath>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

/// -N/2 ... -1, 1 ... N/2 percent.
std::vector<double> symmetric(int count) {
    std::vector<double> errors;
    for (int i = 1; i <= count / 2; ++i) {
        errors.push_back(i / 100.0);
        errors.push_back(-i / 100.0);
    }
    return errors;
}

}  // namespace

TEST_CASE("of no errors everything is absent") {
    const ErrorStatistics nothing = error_statistics({});
    CHECK_FALSE(nothing.bias);
    CHECK_FALSE(nothing.rmse);
    CHECK_FALSE(nothing.p50_absolute_error);
    CHECK_FALSE(nothing.max_absolute_error);
}

TEST_CASE("bias keeps the sign, the other figures are of sizes") {
    const ErrorStatistics statistics = error_statistics({-0.03, 0.01, 0.02, -0.04});
    CHECK(*statistics.bias == Approx(-0.01));
    CHECK(*statistics.rmse == Approx(std::sqrt(0.0030 / 4)));
    CHECK(*statistics.mean_absolute_error == Approx(0.025));
    CHECK(*statistics.p50_absolute_error == 0.02);
    CHECK(*statistics.p95_absolute_error == 0.04);
    CHECK(*statistics.max_absolute_error == 0.04);
}

TEST_CASE("the 99th percentile needs 1,000 errors, an interval 100") {
    CHECK_FALSE(error_statistics(symmetric(998)).p99_absolute_error);
    CHECK(*error_statistics(symmetric(1000)).p99_absolute_error == 4.95);
    CHECK_FALSE(error_statistics(symmetric(98)).rmse_low);
    CHECK(error_statistics(symmetric(100)).rmse_low);
}

TEST_CASE("the interval is that of the errors' own fourth moment") {
    // Uniform on [-a, a]: kurtosis 9/5, so that the RMSE of N has the standard error sqrt(0.2 / N).
    const ErrorStatistics statistics = error_statistics(symmetric(20'000));
    const double sigmas = std::log(*statistics.rmse_high / *statistics.rmse) / std::sqrt(0.2 / 2e4);
    CHECK(sigmas == Approx(2.5758).epsilon(0.001));
    CHECK(*statistics.rmse_low * *statistics.rmse_high ==
          Approx(*statistics.rmse * *statistics.rmse));
}

TEST_CASE("errors that are all zero have no interval") {
    const ErrorStatistics statistics = error_statistics(std::vector<double>(1000, 0.0));
    CHECK(*statistics.rmse == 0);
    CHECK_FALSE(statistics.rmse_low);
    CHECK_FALSE(error_statistics(std::vector<double>(1000, 0.01)).rmse_high);
}
