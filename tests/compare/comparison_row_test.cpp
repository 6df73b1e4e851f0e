#include "compare/comparison_row.hpp"

#include <cmath>
#include <limits>

#include "catch2.hpp"
#include "comparison_fixture.hpp"
#include "sketch/error_model.hpp"

using namespace stream_analyzer;

TEST_CASE("a row compares the estimate with the exact count") {
    const auto counts = minutes({minute_window(0, 10'000, {{10'250, false}})});
    const ComparisonRows rows(counts, {flat_sketch("hll:12", 3072, 0.02)});
    const ComparisonRow row = rows.row(0, 0);
    CHECK(row.window == "1m");
    CHECK(row.window_start == minute(0));
    CHECK_FALSE(row.complete);
    CHECK(row.records == 30'000);
    CHECK(row.exact == 10'000);
    CHECK(row.exact_bytes == 400'000);
    CHECK(row.sketch == "hll:12");
    CHECK(row.sketch_bytes == 3072);
    CHECK(row.estimate == 10'250.0);
    CHECK(row.error == 250.0);
    CHECK(row.relative_error == 0.025);
    CHECK(row.predicted_rse == 0.02);
    CHECK(row.z.value() == Approx(1.25));
    CHECK(row.saturated == false);
}

TEST_CASE("an estimate below the exact count has a negative error") {
    const auto counts = minutes({minute_window(0, 1000, {{990, false}})});
    const ComparisonRows rows(counts, {flat_sketch("s", 1, 0.01)});
    CHECK(rows.row(0, 0).error == -10.0);
    CHECK(rows.row(0, 0).relative_error == -0.01);
    CHECK(rows.row(0, 0).z.value() == Approx(-1.0));
}

TEST_CASE("a saturated sketch has theory but no estimate, error or z") {
    const auto counts = minutes({minute_window(0, 10'000, {kSaturated})});
    const ComparisonRows rows(counts, {flat_sketch("lc:64B", 64, 0.02)});
    const ComparisonRow row = rows.row(0, 0);
    CHECK(row.saturated == true);
    CHECK_FALSE(row.estimate);
    CHECK_FALSE(row.error);
    CHECK_FALSE(row.relative_error);
    CHECK_FALSE(row.z);
    CHECK(row.predicted_rse == 0.02);
    CHECK_FALSE(rows.relative_error(0, 0));
}

TEST_CASE("z begins where the predicted error is five ids") {
    // 5 = 500 * 0.01, and binary fractions keep the product exact.
    const auto counts =
        minutes({minute_window(0, 639, {{639, false}}), minute_window(1, 640, {{640, false}})});
    const ComparisonRows rows(counts, {flat_sketch("s", 1, 1.0 / 128)});
    CHECK_FALSE(rows.row(0, 0).z);
    CHECK(rows.row(1, 0).z == 0.0);
    CHECK(rows.row(0, 0).relative_error == 0.0);
}

TEST_CASE("without ground truth theory is taken at the estimate") {
    const ComparedSketch sketch{.name = "s", .memory_bytes = 1, .predicted_rse = [](double n) {
                                    return std::optional(1 / n);
                                }};
    const auto counts =
        minutes({minute_window(0, {}, {{200, false}}), minute_window(1, {}, {kSaturated})});
    const ComparisonRows rows(counts, {sketch});
    const ComparisonRow row = rows.row(0, 0);
    CHECK(row.estimate == 200.0);
    CHECK(row.predicted_rse == 0.005);
    CHECK_FALSE(row.exact);
    CHECK_FALSE(row.error);
    CHECK_FALSE(row.relative_error);
    CHECK_FALSE(row.z);
    CHECK_FALSE(rows.row(1, 0).predicted_rse);
}

TEST_CASE("with ground truth theory is taken at the exact count") {
    const ComparedSketch sketch{.name = "s", .memory_bytes = 1, .predicted_rse = [](double n) {
                                    return std::optional(1 / n);
                                }};
    const auto counts = minutes({minute_window(0, 400, {{200, false}})});
    CHECK(ComparisonRows(counts, {sketch}).row(0, 0).predicted_rse == 0.0025);
}

TEST_CASE("a window of nothing but anonymous records has an error but no relative error") {
    const auto counts = minutes({minute_window(0, 0, {{1, false}})});
    const ComparisonRow row = ComparisonRows(counts, {flat_sketch("s", 1, 0.01)}).row(0, 0);
    CHECK(row.error == 1.0);
    CHECK_FALSE(row.relative_error);
    CHECK_FALSE(row.z);
}

TEST_CASE("without sketches a window has one row with its sketch columns absent") {
    const auto counts = minutes({minute_window(0, 7, {})});
    const ComparisonRows rows(counts, {});
    CHECK(rows.rows_per_window() == 1);
    const ComparisonRow row = rows.row(0, 0);
    CHECK(row.exact == 7);
    CHECK(row.sketch.empty());
    CHECK_FALSE(row.sketch_bytes);
    CHECK_FALSE(row.estimate);
    CHECK_FALSE(row.saturated);
}

TEST_CASE("the window's label follows its length") {
    WindowedCounts counts = minutes({minute_window(0, 7, {})});
    counts.lengths.emplace_back("1h");
    counts.windows.push_back(minute_window(0, 7, {}));
    counts.windows.back().length = 1;
    CHECK(ComparisonRows(counts, {}).row(1, 0).window == "1h");
}

TEST_CASE("nothing in a row is NaN or infinite, whatever sketches and theory say") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    const double largest = std::numeric_limits<double>::max();
    const double least = std::numeric_limits<double>::denorm_min();
    const auto check = [](std::optional<double> value) {
        if (value) CHECK(std::isfinite(*value));
    };
    for (const double estimate : {nan, infinity, -infinity, largest, -largest, least, 0.0, -0.0}) {
        for (const double rse : {nan, infinity, -infinity, largest, least, 0.0, -1.0}) {
            for (const std::optional<std::uint64_t> exact :
                 {std::optional<std::uint64_t>{}, std::optional<std::uint64_t>{0},
                  std::optional<std::uint64_t>{1}, std::optional<std::uint64_t>{UINT64_MAX}}) {
                const auto counts = minutes({minute_window(0, exact, {{estimate, false}})});
                const ComparisonRows rows(counts, {flat_sketch("s", 1, rse)});
                const ComparisonRow row = rows.row(0, 0);
                check(row.estimate);
                check(row.error);
                check(row.relative_error);
                check(row.predicted_rse);
                check(row.z);
                check(rows.relative_error(0, 0));
            }
        }
    }
}

TEST_CASE("a sketch without theory is compared all the same") {
    const auto counts = minutes({minute_window(0, 1000, {{990, false}})});
    const ComparisonRows rows(counts, {{.name = "s", .memory_bytes = 1, .predicted_rse = {}}});
    CHECK(rows.row(0, 0).relative_error == -0.01);
    CHECK_FALSE(rows.row(0, 0).predicted_rse);
    CHECK_FALSE(rows.row(0, 0).z);
}

TEST_CASE("sketch options bring their name, size and theory") {
    const std::vector<SketchSpec> specs{parse_sketch_spec("lc:4KiB"), parse_sketch_spec("hll:12")};
    const auto sketches = compared_sketches(specs);
    REQUIRE(sketches.size() == 2);
    CHECK(sketches[0].name == "lc:4KiB");
    CHECK(sketches[0].memory_bytes == 4096);
    CHECK(sketches[1].name == "hll:12");
    CHECK(sketches[1].memory_bytes == 3072);
    CHECK(sketches[0].predicted_rse(20'000) == predicted_rse(specs[0], 20'000));
    CHECK(sketches[1].predicted_rse(20'000) == predicted_rse(specs[1], 20'000));
    CHECK(sketches[0].predicted_rse(20'000) != sketches[1].predicted_rse(20'000));
}
