#include "sketch/error_model.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

std::optional<double> percent(const std::string& spec, double n) {
    const auto rse = predicted_rse(parse_sketch_spec(spec), n);
    if (!rse) return std::nullopt;
    return 100 * *rse;
}

/// Within half a unit of the last printed digit.
bool prints_as(std::optional<double> value, double printed, double unit) {
    return value && std::abs(*value - printed) <= unit / 2;
}

}  // namespace

// The values, in percent, of the delta method at n = 43,849 (to 0.001) and the RMSE of 100,000 runs
// published with Dynatrace's hash4j.
TEST_CASE("registers: the model gives the error at this n, not the asymptote",
          "[sketch][error_model]") {
    struct Row {
        const char* spec;
        double formula;
        double published;
        double asymptote;
    };
    for (const Row& row : {Row{"hll:12", 1.552, 1.549, 1.623}, Row{"hll:14", 0.679, 0.676, 0.812},
                           Row{"hll:16", 0.299, 0.301, 0.406}, Row{"ull:12", 1.125, 1.127, 1.222},
                           Row{"ull:14", 0.479, 0.478, 0.611}}) {
        CAPTURE(row.spec);
        // The formula counts n^2 / 2 pairs of ids.
        const double of_pairs = *percent(row.spec, 43'849) / std::sqrt(1 - 1 / 43'849.0);
        CHECK(prints_as(of_pairs, row.formula, 0.001));
        // Four standard errors of an RMSE from 100,000 runs.
        CHECK(*percent(row.spec, 43'849) ==
              Approx(row.published).epsilon(4 / std::sqrt(2 * 100'000.0)));
        CHECK(*percent(row.spec, 43'849) < 0.96 * row.asymptote);
    }
}

TEST_CASE("registers: with many ids a register the model reaches the asymptote",
          "[sketch][error_model]") {
    // sqrt(3 ln 2 - 1) / sqrt(m) (arXiv 1702.01284), 0.78224 / sqrt(m) (arXiv 2308.16862).
    for (const double n : {1e9, 1e12, 1e16}) {
        CHECK(*percent("hll:12", n) ==
              Approx(100 * std::sqrt(3 * std::log(2.0) - 1) / 64).epsilon(1e-4));
        CHECK(*percent("ull:12", n) == Approx(100 * 0.78224 / 64).epsilon(1e-4));
    }
}

TEST_CASE("registers: the error times sqrt(m) depends only on ids per register",
          "[sketch][error_model]") {
    for (const double load : {0.01, 0.5, 3.0, 40.0}) {
        // But for the pairs of ids, which are n (n - 1) / 2 and not n^2 / 2.
        const auto of_pairs = [](const char* spec, double n) {
            return *percent(spec, n) / std::sqrt(1 - 1 / n);
        };
        CHECK(2 * of_pairs("hll:16", load * 65'536) ==
              Approx(of_pairs("hll:14", load * 16'384)).epsilon(1e-10));
        CHECK(2 * of_pairs("ull:16", load * 65'536) ==
              Approx(of_pairs("ull:14", load * 16'384)).epsilon(1e-10));
    }
}

TEST_CASE("registers: HyperLogLog errs alike in every system", "[sketch][error_model]") {
    for (const double n : {10.0, 1000.0, 45'000.0, 1e7}) {
        CHECK(*percent("redis-hll", n) == *percent("hll:14", n));
        CHECK(*percent("datasketches-hll:12", n) == *percent("hll:12", n));
    }
}

TEST_CASE("registers: with few ids only those that meet in a register err",
          "[sketch][error_model]") {
    // n (n - 1) / 2m pairs meet and one id of a pair is lost. UltraLogLog keeps two ids apart
    // unless their ranks agree or are far from each other.
    for (const double n : {2.0, 10.0, 100.0}) {
        CHECK(*percent("hll:18", n) ==
              Approx(100 * std::sqrt((1 - 1 / n) / (2 * 262'144.0))).epsilon(1e-3));
    }
    CHECK(*percent("ull:18", 10) < *percent("hll:18", 10));
}

TEST_CASE("registers: the model is smooth over the whole range", "[sketch][error_model]") {
    const std::string spec = GENERATE(as<std::string>{}, "hll:4", "hll:18", "ull:3", "ull:18");
    CAPTURE(spec);
    CHECK(*percent(spec, 1) == 0);  // it meets no other
    double previous = *percent(spec, std::pow(1.1, 25));
    for (int step = 26; step <= 400; ++step) {
        const double n = std::pow(1.1, step);  // up to 3.6e16, half of 2^56
        CAPTURE(n);
        const auto now = percent(spec, n);
        REQUIRE(now.has_value());
        REQUIRE(*now == Approx(previous).epsilon(0.05));
        previous = *now;
    }
}

TEST_CASE("linear counting: the model is Whang's formula", "[sketch][error_model]") {
    struct Row {
        const char* spec;
        double at_45000;
        double unit;
        double at_16193;
        double unit_16193;
    };
    for (const Row& row :
         {Row{"lc:1KiB", 3.093, 0.001, 1.151, 0.001}, Row{"lc:2KiB", 0.979, 0.001, 0.661, 0.001},
          Row{"lc:5KiB", 0.427, 0.001, 0.374, 0.001}, Row{"lc:10KiB", 0.272, 0.001, 0.2555, 0.0001},
          Row{"lc:20KiB", 0.183, 0.001, 0.178, 0.001}, Row{"lc:50KiB", 0.113, 0.001, 0.111, 0.001},
          Row{"lc:200KiB", 0.0555, 0.0001, 0.0553, 0.0001}}) {
        CAPTURE(row.spec);
        CHECK(prints_as(percent(row.spec, 45'000), row.at_45000, row.unit));
        CHECK(prints_as(percent(row.spec, 16'193), row.at_16193, row.unit_16193));
    }
}

TEST_CASE("linear counting: in a nearly empty bitmap the pairs err that meet",
          "[sketch][error_model]") {
    const double bits = 8.0 * (1U << 30U);
    CHECK(*percent("lc:1GiB", 1) == 0);
    for (const double n : {2.0, 10.0, 100.0}) {
        CHECK(*percent("lc:1GiB", n) ==
              Approx(100 * std::sqrt((1 - 1 / n) / (2 * bits))).epsilon(1e-7));
    }
    // Both sides of the switch to a series at n / m = 1/32.
    CHECK(*percent("lc:1MiB", 262'143) == Approx(*percent("lc:1MiB", 262'145)).epsilon(1e-5));
    CHECK(*percent("lc:1MiB", 262'144) ==
          Approx(100 * std::sqrt((std::expm1(1 / 32.0) - 1 / 32.0) / 8'388'608.0) * 32 *
                 std::sqrt(1 - 1 / 262'144.0))
              .epsilon(1e-9));
}

TEST_CASE("linear counting: past the limit of a full bitmap there is no prediction",
          "[sketch][error_model]") {
    // m ln(m / 5): five zero bits are expected.
    CHECK(percent("lc:1KiB", 60'632).has_value());
    CHECK_FALSE(percent("lc:1KiB", 60'633).has_value());
    CHECK_FALSE(percent("lc:8B", 1e15).has_value());
}

TEST_CASE("without an id, or past all counting, there is no prediction", "[sketch][error_model]") {
    const std::string spec = GENERATE(as<std::string>{}, "lc:4KiB", "hll:12", "ull:12");
    CAPTURE(spec);
    CHECK(percent(spec, 1).has_value());
    CHECK_FALSE(percent(spec, 0).has_value());
    CHECK_FALSE(percent(spec, -5).has_value());
    CHECK_FALSE(percent(spec, 1e18).has_value());
    CHECK_FALSE(percent(spec, std::numeric_limits<double>::infinity()).has_value());
    CHECK_FALSE(percent(spec, std::numeric_limits<double>::quiet_NaN()).has_value());
}

TEST_CASE("theory is in doubt for nearly full bitmaps and few registers", "[sketch][theory]") {
    const auto doubt = [](const char* name, double n) {
        return theory_doubt(parse_sketch_spec(name), n);
    };
    // Of 8,192 bits 200 are empty at 30,415 ids, 5 at 60,633.
    CHECK(doubt("lc:1KiB", 30'000) == TheoryDoubt::none);
    CHECK(doubt("lc:1KiB", 31'000) == TheoryDoubt::nearly_full);
    CHECK(doubt("lc:1KiB", 60'000) == TheoryDoubt::nearly_full);
    CHECK(doubt("lc:1KiB", 61'000) == TheoryDoubt::no_theory);
    CHECK(doubt("lc:8B", 1) == TheoryDoubt::none);  // nothing is full there
    CHECK(doubt("hll:9", 1000) == TheoryDoubt::few_registers);
    CHECK(doubt("hll:10", 1000) == TheoryDoubt::none);
    CHECK(doubt("ull:6", 1000) == TheoryDoubt::few_registers);
    CHECK(doubt("ull:7", 1000) == TheoryDoubt::none);
    CHECK(doubt("hll:12", 1e18) == TheoryDoubt::no_theory);
}
