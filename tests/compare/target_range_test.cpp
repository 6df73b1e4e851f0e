#include "compare/target_range.hpp"

#include <cmath>

#include "catch2.hpp"
#include "compare/accuracy_table.hpp"
#include "compare/predicted_quantile.hpp"
#include "sketch/error_model.hpp"

using namespace stream_analyzer;

namespace {

TrialPlan plan_of(std::uint64_t trials) {
    return {.sketches = {parse_sketch_spec("lc:64B"), parse_sketch_spec("hll:10")},
            .cardinalities = {100, 1000, 2000, 5000},
            .trials = trials,
            .seed = 0,
            .threads = 1};
}

}  // namespace

TEST_CASE("by theory a linear counter holds a target up to one number, and not at the next") {
    const SketchSpec lc = parse_sketch_spec("lc:1KiB");
    const std::uint64_t n = n_max_by_theory(lc, 0.02, 0.95, 1000);
    const double sigmas = normal_quantile(0.95);
    CHECK(sigmas * *predicted_rse(lc, static_cast<double>(n)) <= 0.02);
    CHECK(sigmas * *predicted_rse(lc, static_cast<double>(n + 1)) > 0.02);
}

TEST_CASE("by theory a sketch with registers holds a target for any number, or only for few") {
    // The limit of hll:12 is 1.63 %, and 2.2 % twice that of hll:13: 1.15 % x 1.96 = 2.25 %.
    CHECK(n_max_by_theory(parse_sketch_spec("hll:14"), 0.02, 0.95, 1000) == kMostTheoryIds);
    const std::uint64_t few = n_max_by_theory(parse_sketch_spec("hll:12"), 0.025, 0.95, 1000);
    CHECK(few > 1000);
    CHECK(few < 10'000);
}

TEST_CASE("a linear counter holds no target beyond theory's limit") {
    // 5 empty bits of 8,192 are left at 60,633 ids, a little less.
    CHECK(n_max_by_theory(parse_sketch_spec("lc:1KiB"), 1, 0.95, 1) == 60'632);
}

TEST_CASE("a target below the error of one id is held by no number") {
    CHECK(n_max_by_theory(parse_sketch_spec("lc:64B"), 0.0001, 0.95, 1) == 0);
}

TEST_CASE("by theory a range ends where one id lost is more than the target, and begins again") {
    // 8,192 bits: more than 29 ids meet in more than 5 % of the trials, and 1 of 30 is beyond 3 %.
    const SketchSpec lc = parse_sketch_spec("lc:1KiB");
    const std::uint64_t few = n_max_by_theory(lc, 0.03, 0.95, 1);
    CHECK(few >= 25);
    CHECK(few <= 29);
    CHECK(n_max_by_theory(lc, 0.03, 0.95, 30) == 0);
    CHECK(n_max_by_theory(lc, 0.03, 0.95, 100) == Approx(25'690).epsilon(0.002));
}

TEST_CASE("by trials the range ends ahead of the first number that is beyond the target") {
    const TrialPlan plan = plan_of(400);
    const TrialErrors errors = run_trials(plan, nullptr);
    CHECK(n_max_by_trials(0, plan, errors, 0.1, 0.95) == 1000);  // lc:64B is full at 5,000
    CHECK(n_max_by_trials(0, plan, errors, 1e-6, 0.95) == 0);
    CHECK(n_max_by_trials(1, plan, errors, 0.1, 0.95) == 5000);
}

TEST_CASE("rows have a range by their own evidence, and none without a target or trials enough") {
    const auto filled = [](const TrialPlan& plan, std::optional<double> target) {
        const TrialErrors errors = run_trials(plan, nullptr);
        std::vector<AccuracyRow> rows = cardinality_rows(plan, errors);
        fill_ranges({.target = target, .budget_bytes = {}, .confidence = 0.95}, plan, errors, rows);
        return rows;
    };
    for (const AccuracyRow& row : filled(plan_of(400), 0.1)) {
        REQUIRE(row.n_max_within_target);
        if (row.sketch.family != SketchFamily::hyperloglog) continue;
        CHECK(*row.n_max_within_target ==
              (row.evidence == Evidence::theory ? kMostTheoryIds : 5000U));
    }
    for (const AccuracyRow& row : filled(plan_of(400), {}))
        CHECK_FALSE(row.n_max_within_target);
    for (const AccuracyRow& row : filled(plan_of(20), 0.1))
        CHECK(row.n_max_within_target.has_value() == (row.evidence == Evidence::theory));
}
