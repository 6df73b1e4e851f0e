#include "sketch/hyperloglog_estimator.hpp"

#include <cmath>

#include "catch2.hpp"

using namespace stream_analyzer;

// The expected values are from golden_states.py: the series in 40 digits.
TEST_CASE("sigma and tau are the paper's series", "[sketch][hyperloglog_estimator]") {
    CHECK(hyperloglog_sigma(0.0) == 0);
    CHECK(hyperloglog_sigma(0.125) == Approx(0.141113519668607523).epsilon(1e-14));
    CHECK(hyperloglog_sigma(0.5) == Approx(0.890747074037790300).epsilon(1e-14));
    CHECK(hyperloglog_sigma(0.875) == Approx(5.361218659692088274).epsilon(1e-14));
    CHECK(hyperloglog_sigma(0.9990234375) == Approx(738.303468756839915939).epsilon(1e-12));
    CHECK(hyperloglog_tau(0) == 0);
    CHECK(hyperloglog_tau(0.125) == Approx(0.205782470108145569).epsilon(1e-14));
    CHECK(hyperloglog_tau(0.5) == Approx(0.149929495864088094).epsilon(1e-14));
    CHECK(hyperloglog_tau(0.875) == Approx(0.040868559601582080).epsilon(1e-13));
    CHECK(hyperloglog_tau(1) == 0);
}

TEST_CASE("registers that all hold rank k count for m 2^k / (2 ln 2)",
          "[sketch][hyperloglog_estimator]") {
    RankHistogram histogram{};
    histogram[5] = 1U << 12U;
    CHECK(hyperloglog_estimate(histogram, 12) ==
          Approx(4096 * 32 / (2 * std::log(2.0))).epsilon(1e-14));
}

TEST_CASE("the largest rank counts through tau", "[sketch][hyperloglog_estimator]") {
    RankHistogram histogram{};
    histogram[60] = 8;  // q = 60 for P = 4
    histogram[61] = 8;
    const double sum = std::ldexp(8.0, -60) + std::ldexp(16 * 0.149929495864088094, -60);
    CHECK(hyperloglog_estimate(histogram, 4) ==
          Approx(256 / (2 * std::log(2.0)) / sum).epsilon(1e-13));
}

TEST_CASE("no register, no ids; all at the largest rank, no end",
          "[sketch][hyperloglog_estimator]") {
    RankHistogram histogram{};
    histogram[0] = 16;
    CHECK(hyperloglog_estimate(histogram, 4) == 0);
    histogram[0] = 0;
    histogram[61] = 16;
    CHECK(std::isinf(hyperloglog_estimate(histogram, 4)));
}

TEST_CASE("one register with rank 1 is about one id", "[sketch][hyperloglog_estimator]") {
    RankHistogram histogram{};
    histogram[0] = (1U << 18U) - 1;
    histogram[1] = 1;
    CHECK(hyperloglog_estimate(histogram, 18) == Approx(1).epsilon(1e-4));
}
