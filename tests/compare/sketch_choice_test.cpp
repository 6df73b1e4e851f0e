#include "compare/sketch_choice.hpp"

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

TrialPlan plan_of(std::uint64_t trials) {
    TrialPlan plan{
        .sketches = {}, .cardinalities = {100, 5000}, .trials = trials, .seed = 0, .threads = 1};
    for (const char* const spec : {"lc:64B", "lc:1KiB", "lc:2KiB", "hll:8", "hll:10", "hll:12"})
        plan.sketches.push_back(parse_sketch_spec(spec));
    return plan;
}

SketchChoices choices_of(const ChoiceQuestion& question, std::uint64_t trials) {
    const TrialPlan plan = plan_of(trials);
    return choose_sketches(question, plan, run_trials(plan, nullptr));
}

}  // namespace

TEST_CASE("the smallest sketch that holds a target is chosen, one of each family") {
    // Predicted at 5,000 ids: 0.87 % for lc:1KiB, 3.1 % for hll:10, 1.3 % for hll:12.
    for (const std::uint64_t trials : {0U, 1000U}) {
        const SketchChoices choices =
            choices_of({.target = 0.04, .budget_bytes = {}, .confidence = 0.95}, trials);
        CHECK(choices.evidence == (trials == 0 ? Evidence::theory : Evidence::trials));
        REQUIRE(choices.families.size() == 2);
        CHECK(choices.families[0].sketch->name() == "lc:1KiB");
        CHECK(choices.families[1].sketch->name() == "hll:12");
        CHECK(choices.families[1].worst_n == 5000);
        CHECK(*choices.families[1].error <= 0.04);
    }
}

TEST_CASE("a target that nothing holds has no sketch") {
    const SketchChoices choices =
        choices_of({.target = 1e-6, .budget_bytes = {}, .confidence = 0.95}, 300);
    for (const SketchChoice& choice : choices.families) {
        CHECK_FALSE(choice.sketch);
        CHECK_FALSE(choice.error);
    }
}

TEST_CASE("within a budget the smallest error is the best, and a saturated sketch is none") {
    const SketchChoices choices =
        choices_of({.target = {}, .budget_bytes = 1024, .confidence = 0.95}, 300);
    CHECK(choices.families[0].sketch->name() == "lc:1KiB");
    CHECK(choices.families[1].sketch->name() == "hll:10");
    const SketchChoices tiny =
        choices_of({.target = {}, .budget_bytes = 64, .confidence = 0.95}, 300);
    CHECK_FALSE(tiny.families[0].sketch);  // lc:64B is full at 5,000 ids
    CHECK_FALSE(tiny.families[1].sketch);
}

TEST_CASE("too few trials for the confidence leave the answer to theory") {
    CHECK(enough_trials(200, 0.95));
    CHECK_FALSE(enough_trials(199, 0.95));
    CHECK(enough_trials(1000, 0.99));
    const ChoiceQuestion question{.target = 0.1, .budget_bytes = {}, .confidence = 0.99};
    CHECK(choices_of(question, 500).evidence == Evidence::theory);
}

TEST_CASE("the normal law holds 68.3 % within one standard error and 95 % within 1.96") {
    CHECK(normal_quantile(0.6826894921) == Approx(1).epsilon(1e-6));
    CHECK(normal_quantile(0.95) == Approx(1.959964).epsilon(1e-6));
    CHECK(normal_quantile(0.999) == Approx(3.290527).epsilon(1e-6));
}
