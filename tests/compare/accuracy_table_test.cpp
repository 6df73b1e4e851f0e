#include "compare/accuracy_table.hpp"

#include "catch2.hpp"
#include "sketch/error_model.hpp"

using namespace stream_analyzer;

namespace {

std::vector<AccuracyRow> rows_of(const TrialPlan& plan) {
    return cardinality_rows(plan, run_trials(plan, nullptr));
}

TrialPlan plan_of(std::vector<std::uint64_t> cardinalities, std::uint64_t trials) {
    return {.sketches = {parse_sketch_spec("lc:64B"), parse_sketch_spec("hll:8")},
            .cardinalities = std::move(cardinalities),
            .trials = trials,
            .seed = 0,
            .threads = 1};
}

}  // namespace

TEST_CASE("rows go by number of ids, sketch and evidence") {
    std::string order;
    for (const AccuracyRow& row : rows_of(plan_of({10, 1000}, 5))) {
        CHECK(row.n_min == row.n_max);
        order += std::to_string(row.n_min) + " " + row.sketch.name() + " " +
                 std::string(evidence_name(row.evidence)) + "\n";
    }
    CHECK(order ==
          "10 lc:64B theory\n10 lc:64B trials\n10 hll:8 theory\n10 hll:8 trials\n"
          "1000 lc:64B theory\n1000 lc:64B trials\n1000 hll:8 theory\n1000 hll:8 trials\n");
}

TEST_CASE("without trials there is theory alone, and it has no errors") {
    const auto rows = rows_of(plan_of({1000}, 0));
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].predicted_rse == predicted_rse(rows[1].sketch, 1000));
    CHECK_FALSE(rows[1].samples);
    CHECK_FALSE(rows[1].errors.rmse);
    CHECK_FALSE(rows[1].saturated);
}

TEST_CASE("a row of trials says how often the sketch was full, and what it left out") {
    const auto rows = rows_of(plan_of({1'000'000}, 5));
    const AccuracyRow& full = rows[1];
    CHECK(full.samples == 5U);
    CHECK(full.saturated == 5U);
    CHECK(full.left_out == 5U);
    CHECK_FALSE(full.errors.rmse);
    CHECK_FALSE(full.predicted_rse);
    CHECK_FALSE(full.observed_over_predicted);
    CHECK(rows[3].saturated == 0U);
    CHECK(rows[3].errors.rmse);
}

TEST_CASE("observed stands beside predicted, and coverage counts trials") {
    const auto rows = rows_of(plan_of({1000}, 400));
    const AccuracyRow& row = rows[3];
    CHECK(*row.observed_over_predicted == Approx(*row.errors.rmse / *row.predicted_rse));
    CHECK(*row.share_within_1_sigma == Approx(0.683).margin(0.07));
    CHECK(*row.share_within_2_sigma == Approx(0.954).margin(0.04));
    CHECK(*row.theory_in_interval == (*row.errors.rmse_low <= *row.predicted_rse &&
                                      *row.predicted_rse <= *row.errors.rmse_high));
}

TEST_CASE("where an error is a few collisions there is neither coverage nor interval") {
    const auto rows = rows_of(plan_of({5}, 400));
    CHECK(rows[3].errors.rmse);
    CHECK(rows[3].observed_over_predicted);
    CHECK_FALSE(rows[3].share_within_1_sigma);
    CHECK_FALSE(rows[3].errors.rmse_low);
    CHECK_FALSE(rows[3].theory_in_interval);
}
