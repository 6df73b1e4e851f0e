#include "compare/sketch_verdict.hpp"

#include <atomic>
#include <cmath>
#include <limits>

#include "catch2.hpp"
#include "comparison_fixture.hpp"
#include "core/error.hpp"

using namespace stream_analyzer;

namespace {

/// The verdict on one sketch over minutes with these estimates of 1,000 ids each.
SketchVerdict verdict_on(const std::vector<SketchEstimate>& estimates, double rse = 0.01) {
    std::vector<WindowResult> windows;
    for (const SketchEstimate& estimate : estimates) {
        windows.push_back(minute_window(static_cast<int>(windows.size()), 1000, {estimate}));
    }
    const auto counts = minutes(std::move(windows));
    return sketch_verdicts(ComparisonRows(counts, {flat_sketch("s", 99, rse)})).at(0);
}

}  // namespace

TEST_CASE("a verdict sums up the errors of all windows") {
    // Errors: +1 %, -2 %, +3 %, -4 %.
    const SketchVerdict verdict =
        verdict_on({{1010, false}, {980, false}, {1030, false}, {960, false}});
    CHECK(verdict.window == "1m");
    CHECK(verdict.sketch == "s");
    CHECK(verdict.sketch_bytes == 99);
    CHECK(verdict.windows == 4);
    CHECK(verdict.counted == 4);
    CHECK(verdict.bias.value() == Approx(-0.005));
    CHECK(verdict.rmse.value() == Approx(std::sqrt(0.00075)));
    CHECK(verdict.mean_absolute_error.value() == Approx(0.025));
    CHECK(verdict.p50_absolute_error.value() == Approx(0.02));
    CHECK(verdict.p95_absolute_error.value() == Approx(0.04));
    CHECK(verdict.max_absolute_error.value() == Approx(0.04));
    CHECK(verdict.worst_error.value() == Approx(-0.04));
    CHECK(verdict.worst_window == minute(3));
    CHECK(verdict.mean_predicted_rse.value() == Approx(0.01));
    CHECK(verdict.predicted_rmse.value() == Approx(0.01));
    CHECK(verdict.with_z == 4);
    CHECK(verdict.rms_z.value() == Approx(std::sqrt(7.5)));
}

TEST_CASE("the shares within one and two sigma include the boundary") {
    // z in binary fractions: exactly 1, 2 and 2 + 1/8.
    const SketchVerdict verdict = verdict_on(
        {{1000 + 1000.0 / 64, false}, {1000 - 2000.0 / 64, false}, {1000 + 2125.0 / 64, false}},
        1.0 / 64);
    CHECK(verdict.with_z == 3);
    CHECK(verdict.within_1_sigma == 1);
    CHECK(verdict.within_2_sigma == 2);
    CHECK(verdict.share_within_1_sigma.value() == Approx(1.0 / 3));
    CHECK(verdict.share_within_2_sigma.value() == Approx(2.0 / 3));
}

TEST_CASE("saturated windows are left out of every figure and counted apart") {
    const SketchVerdict verdict = verdict_on({{1010, false}, kSaturated, kSaturated});
    CHECK(verdict.windows == 3);
    CHECK(verdict.counted == 1);
    CHECK(verdict.saturated == 2);
    CHECK(verdict.without_truth == 0);
    CHECK(verdict.predicted == 1);
    CHECK(verdict.with_z == 1);
    CHECK(verdict.bias.value() == Approx(0.01));
}

TEST_CASE("a sketch that is always saturated has no figures") {
    const SketchVerdict verdict = verdict_on({kSaturated, kSaturated});
    CHECK(verdict.windows == 2);
    CHECK(verdict.counted == 0);
    CHECK(verdict.saturated == 2);
    CHECK_FALSE(verdict.bias);
    CHECK_FALSE(verdict.rmse);
    CHECK_FALSE(verdict.mean_absolute_error);
    CHECK_FALSE(verdict.p50_absolute_error);
    CHECK_FALSE(verdict.p95_absolute_error);
    CHECK_FALSE(verdict.max_absolute_error);
    CHECK_FALSE(verdict.worst_error);
    CHECK_FALSE(verdict.worst_window);
    CHECK_FALSE(verdict.mean_predicted_rse);
    CHECK_FALSE(verdict.predicted_rmse);
    CHECK_FALSE(verdict.rms_z);
    CHECK_FALSE(verdict.share_within_1_sigma);
    CHECK_FALSE(verdict.share_within_2_sigma);
}

TEST_CASE("one window has every figure") {
    const SketchVerdict verdict = verdict_on({{1010, false}});
    CHECK(verdict.rmse.value() == Approx(0.01));
    CHECK(verdict.p50_absolute_error.value() == Approx(0.01));
    CHECK(verdict.p95_absolute_error.value() == Approx(0.01));
    CHECK(verdict.worst_window == minute(0));
}

TEST_CASE("a length without windows has a verdict that says so") {
    const auto counts = minutes({});
    const auto verdicts = sketch_verdicts(ComparisonRows(counts, {flat_sketch("s", 1, 0.01)}));
    REQUIRE(verdicts.size() == 1);
    CHECK(verdicts[0].windows == 0);
    CHECK_FALSE(verdicts[0].rmse);
}

TEST_CASE("windows without truth are left out, but their theory is kept when there is no truth") {
    const auto counts =
        minutes({minute_window(0, {}, {{200, false}}), minute_window(1, {}, {kSaturated})});
    const SketchVerdict verdict =
        sketch_verdicts(ComparisonRows(counts, {flat_sketch("s", 1, 0.01)})).at(0);
    CHECK(verdict.windows == 2);
    CHECK(verdict.counted == 0);
    CHECK(verdict.saturated == 1);
    CHECK(verdict.without_truth == 1);
    CHECK(verdict.predicted == 1);
    CHECK(verdict.mean_predicted_rse.value() == Approx(0.01));
    CHECK_FALSE(verdict.rmse);
}

TEST_CASE("a window with no ids has no relative error and is left out") {
    const auto counts =
        minutes({minute_window(0, 0, {{0, false}}), minute_window(1, 1000, {{1010, false}})});
    const SketchVerdict verdict =
        sketch_verdicts(ComparisonRows(counts, {flat_sketch("s", 1, 0.01)})).at(0);
    CHECK(verdict.counted == 1);
    CHECK(verdict.without_truth == 1);
    CHECK(verdict.predicted == 1);
    CHECK(verdict.bias.value() == Approx(0.01));
}

TEST_CASE("theory for the RMSE is the root mean square of the windows' theory") {
    const ComparedSketch sketch{.name = "s", .memory_bytes = 1, .predicted_rse = [](double n) {
                                    return std::optional(n < 1500 ? 0.03 : 0.04);
                                }};
    const auto counts =
        minutes({minute_window(0, 1000, {{1000, false}}), minute_window(1, 2000, {{2000, false}})});
    const SketchVerdict verdict = sketch_verdicts(ComparisonRows(counts, {sketch})).at(0);
    CHECK(verdict.mean_predicted_rse.value() == Approx(0.035));
    CHECK(verdict.predicted_rmse.value() == Approx(std::sqrt(0.00125)));
}

TEST_CASE("theory beside the errors is of the same windows, or absent") {
    const ComparedSketch sketch{.name = "s", .memory_bytes = 1, .predicted_rse = [](double n) {
                                    return n < 1500 ? std::optional(0.03) : std::nullopt;
                                }};
    const auto truth =
        minutes({minute_window(0, 1000, {{1000, false}}), minute_window(1, 2000, {{2000, false}}),
                 minute_window(2, 2000, {kSaturated})});
    SketchVerdict verdict = sketch_verdicts(ComparisonRows(truth, {sketch})).at(0);
    CHECK(verdict.counted == 2);
    CHECK(verdict.predicted == 1);
    CHECK(verdict.without_theory == 1);
    CHECK(verdict.rmse);
    CHECK_FALSE(verdict.predicted_rmse);
    CHECK_FALSE(verdict.mean_predicted_rse);

    const auto estimates =
        minutes({minute_window(0, {}, {{1000, false}}), minute_window(1, {}, {{2000, false}})});
    verdict = sketch_verdicts(ComparisonRows(estimates, {sketch})).at(0);
    CHECK(verdict.without_theory == 1);
    CHECK_FALSE(verdict.predicted_rmse);

    const auto saturated =
        minutes({minute_window(0, 1000, {{1000, false}}), minute_window(2, 2000, {kSaturated})});
    CHECK(sketch_verdicts(ComparisonRows(saturated, {sketch})).at(0).predicted_rmse == 0.03);
}

TEST_CASE("windows with few ids of predicted error have no part in the shares") {
    const SketchVerdict verdict = verdict_on({{1001, false}, {1002, false}}, 0.001);
    CHECK(verdict.counted == 2);
    CHECK(verdict.with_z == 0);
    CHECK_FALSE(verdict.rms_z);
    CHECK_FALSE(verdict.share_within_2_sigma);
    CHECK(verdict.rmse);
}

TEST_CASE("quantiles are nearest ranks") {
    std::vector<SketchEstimate> estimates;
    for (int i = 1; i <= 100; ++i)
        estimates.push_back({1000.0 + (i * 37 % 101), false});
    const SketchVerdict verdict = verdict_on(estimates);
    CHECK(verdict.p50_absolute_error.value() == Approx(0.050));
    CHECK(verdict.p95_absolute_error.value() == Approx(0.095));
    CHECK(verdict.max_absolute_error.value() == Approx(0.100));
}

TEST_CASE("the worst of several equal errors is the earliest") {
    CHECK(verdict_on({{1000, false}, {990, false}, {1010, false}}).worst_window == minute(1));
}

TEST_CASE("errors that sum past the range of numbers give no figure instead of infinity") {
    const double huge = std::numeric_limits<double>::max();
    const SketchVerdict verdict = verdict_on({{huge, false}, {huge, false}, {huge, false}});
    CHECK(verdict.counted == 3);
    CHECK_FALSE(verdict.rmse);
    CHECK(std::isfinite(verdict.max_absolute_error.value()));
}

TEST_CASE("there is a verdict for each length and sketch, in this order") {
    WindowedCounts counts = minutes({minute_window(0, 1000, {{1010, false}, {1020, false}}),
                                     minute_window(1, 1000, {{1010, false}, {1020, false}})});
    counts.lengths.emplace_back("1h");
    counts.windows.push_back(minute_window(0, 1000, {{1030, false}, {1040, false}}));
    counts.windows.back().length = 1;
    const auto verdicts = sketch_verdicts(
        ComparisonRows(counts, {flat_sketch("a", 1, 0.01), flat_sketch("b", 1, 0.01)}));
    REQUIRE(verdicts.size() == 4);
    CHECK(verdicts[0].window + verdicts[0].sketch == "1ma");
    CHECK(verdicts[1].window + verdicts[1].sketch == "1mb");
    CHECK(verdicts[2].window + verdicts[2].sketch == "1ha");
    CHECK(verdicts[3].window + verdicts[3].sketch == "1hb");
    CHECK(verdicts[1].windows == 2);
    CHECK(verdicts[1].bias.value() == Approx(0.02));
    CHECK(verdicts[3].windows == 1);
    CHECK(verdicts[3].bias.value() == Approx(0.04));
}

TEST_CASE("verdicts over many windows can be interrupted") {
    const auto counts = minutes({minute_window(0, 1000, {{1010, false}})});
    std::atomic<bool> interrupted{false};
    const ComparisonRows rows(counts, {flat_sketch("s", 99, 0.01)}, &interrupted);
    interrupted = true;
    CHECK_THROWS_AS(sketch_verdicts(rows), Interrupted);
    interrupted = false;
    CHECK(sketch_verdicts(rows).size() == 1);
}
