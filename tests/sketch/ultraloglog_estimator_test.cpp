#include "sketch/ultraloglog_estimator.hpp"

#include <cmath>

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("the powers of two kept as constants are right", "[sketch][ultraloglog_estimator]") {
    CHECK(Fgra::kTwoToTau == Approx(1.764783414484050113).epsilon(1e-15));
    CHECK(Fgra::kTwoToMinusTau == Approx(0.566641771331672877).epsilon(1e-15));
}

// Factor and contribution are those of the tables in Dynatrace's hash4j, the paper's reference
// implementation: 94.594... for P = 3, 0.848... for three ranks.
TEST_CASE("registers that all hold one byte give the published factor and contribution",
          "[sketch][ultraloglog_estimator]") {
    RegisterHistogram histogram{};
    histogram[12] = 8;
    const double expected =
        94.59941722950778 * std::pow(8 * 0.8484061093359406, -1 / 0.8194911375910897);
    CHECK(ultraloglog_estimate(histogram, 3) == Approx(expected).epsilon(1e-13));
}

TEST_CASE("each of the four low patterns has its own weight", "[sketch][ultraloglog_estimator]") {
    // 200 + 4: one rank higher doubles the estimate.
    for (const std::size_t low : {0U, 1U, 2U, 3U}) {
        RegisterHistogram histogram{};
        histogram[200 + low] = 4096;
        const double one = ultraloglog_estimate(histogram, 12);
        RegisterHistogram doubled{};
        doubled[204 + low] = 4096;
        CHECK(ultraloglog_estimate(doubled, 12) == Approx(2 * one).epsilon(1e-12));
        CHECK(std::pow(one / std::ldexp(4096.0, 50), -Fgra::kTau) ==
              Approx(Fgra::kEta.at(low)).epsilon(2e-4));  // the factor's bias term is 1.4e-4
    }
}

// The expected values are from golden_states.py: the series in 40 digits.
TEST_CASE("sigma and psi of the small range are the paper's", "[sketch][ultraloglog_estimator]") {
    using Terms = SmallRange<double>;
    CHECK(Terms::sigma(0) == Approx(Fgra::kEta[3]).epsilon(1e-14));
    CHECK(Terms::sigma(0.125) == Approx(1.095160292015287287).epsilon(1e-14));
    CHECK(Terms::sigma(0.5) == Approx(1.802755817142293236).epsilon(1e-14));
    CHECK(Terms::sigma(0.875) == Approx(5.729242992559743316).epsilon(1e-13));
    CHECK(Terms::sigma(0.9990234375) == Approx(293.197627207063058042).epsilon(1e-11));
    CHECK(Terms::psi(0.125) == Approx(1.156362796268244712).epsilon(1e-14));
    CHECK(Terms::psi(0.5) == Approx(2.100631934747181963).epsilon(1e-14));
    CHECK(Terms::psi(1) == Approx(Fgra::kEta[0]).epsilon(1e-14));
}

TEST_CASE("no touched register, no ids; one, about one id", "[sketch][ultraloglog_estimator]") {
    RegisterHistogram histogram{};
    histogram[0] = 1U << 18U;
    CHECK(ultraloglog_estimate(histogram, 18) == 0);
    --histogram[0];
    histogram[4] = 1;
    CHECK(ultraloglog_estimate(histogram, 18) == Approx(1).epsilon(1e-3));
}
