#include "compare/sketch_choice.hpp"

#include <algorithm>

#include "catch2.hpp"
#include "compare/target_range.hpp"

using namespace stream_analyzer;

namespace {

TrialPlan plan_of(std::uint64_t trials) {
    TrialPlan plan{
        .sketches = {}, .cardinalities = {100, 5000}, .trials = trials, .seed = 0, .threads = 1};
    for (const char* const spec : {"lc:64B", "lc:1KiB", "lc:2KiB", "hll:8", "hll:10", "hll:12"})
        plan.sketches.push_back(parse_sketch_spec(spec));
    return plan;
}

/// About the windows' numbers of ids, 100 and 5,000; of the roll-up 200,000.
SketchChoices choices_of(const ChoiceQuestion& question, std::uint64_t trials,
                         bool has_rollup = false) {
    std::vector<ChoiceNumbers> numbers{
        {.window = "1m", .is_rollup = false, .numbers = {100, 5000}}};
    if (has_rollup) numbers.push_back({.window = "1h", .is_rollup = true, .numbers = {200'000}});
    TrialPlan plan = plan_of(trials);
    plan.cardinalities.clear();
    for (const ChoiceNumbers& some : numbers) {
        for (const std::uint64_t n : with_growth(some.numbers, question.growth))
            plan.cardinalities.push_back(n);
    }
    std::ranges::sort(plan.cardinalities);
    return choose_sketches(question, plan, run_trials(plan, nullptr), numbers);
}

}  // namespace

TEST_CASE("where an error is one id theory answers as trials do") {
    // 64 ids meet in lc:4KiB in 6 % of the trials, and lose one: 1.47 %. A normal law says 0.77 %.
    const TrialPlan plan{.sketches = {parse_sketch_spec("lc:4KiB"), parse_sketch_spec("lc:20KiB")},
                         .cardinalities = {64},
                         .trials = 2000,
                         .seed = 0,
                         .threads = 1};
    TrialPlan untried = plan;
    untried.trials = 0;
    const ChoiceQuestion question{.target = 0.01, .budget_bytes = {}, .confidence = 0.95};
    const std::vector<ChoiceNumbers> numbers{{.window = "", .is_rollup = false, .numbers = {64}}};
    for (const TrialPlan& some : {plan, untried}) {
        const SketchChoices choices =
            choose_sketches(question, some, run_trials(some, nullptr), numbers);
        CHECK(choices.families[0].sketch->name() == "lc:20KiB");
        CHECK(choices.families[0].n_max >= 64);
    }
}

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

TEST_CASE("of two sketches with the same error the smaller is the better") {
    const TrialPlan plan{.sketches = {parse_sketch_spec("hll:12"), parse_sketch_spec("hll:4")},
                         .cardinalities = {1},
                         .trials = 200,
                         .seed = 0,
                         .threads = 1};
    const ChoiceQuestion question{.target = {}, .budget_bytes = 1U << 20U, .confidence = 0.95};
    const TrialErrors all_zero(2, 1, 200);
    const std::vector<ChoiceNumbers> numbers{{.window = "1m", .is_rollup = false, .numbers = {1}}};
    const SketchChoices choices = choose_sketches(question, plan, all_zero, numbers);
    REQUIRE(choices.evidence == Evidence::trials);
    CHECK(choices.families[0].sketch->name() == "hll:4");
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

TEST_CASE(
    "the best of all families has the least memory for a target, the least error for a budget") {
    for (const std::uint64_t trials : {0U, 300U}) {
        const SketchChoices target =
            choices_of({.target = 0.04, .budget_bytes = {}, .confidence = 0.95}, trials);
        CHECK(target.families.at(*target.best).sketch->name() == "lc:1KiB");
        const SketchChoices budget =
            choices_of({.target = {}, .budget_bytes = 3072, .confidence = 0.95}, trials);
        CHECK(budget.families.at(*budget.best).sketch->name() == "lc:2KiB");
        CHECK(budget.numbers == std::vector<std::uint64_t>{100, 5000});
    }
    CHECK_FALSE(choices_of({.target = 1e-6, .budget_bytes = {}, .confidence = 0.95}, 0).best);
}

TEST_CASE(
    "a choice is valid up to a number of ids, and the nearest sketch of a family without one") {
    const SketchChoices choices =
        choices_of({.target = 0.04, .budget_bytes = {}, .confidence = 0.95}, 0);
    CHECK(choices.families[0].n_max ==
          n_max_by_theory(parse_sketch_spec("lc:1KiB"), 0.04, 0.95, 5000));
    CHECK(choices.families[1].n_max == kMostTheoryIds);
    CHECK_FALSE(choices.families[0].nearest);
    const SketchChoices budget =
        choices_of({.target = {}, .budget_bytes = 1024, .confidence = 0.95}, 0);
    CHECK(budget.families[0].n_max == 60'632);  // five empty bits are left
    CHECK(budget.families[1].n_max == kMostTheoryIds);
    const SketchChoices none =
        choices_of({.target = 0.016, .budget_bytes = 1024, .confidence = 0.95}, 0);
    CHECK_FALSE(none.families[0].sketch);
    CHECK(none.families[0].nearest->name() == "lc:1KiB");
    CHECK(none.families[0].n_max > 100);
    CHECK(none.families[0].n_max < 5000);
    // What 30 ids lose by one collision does not end the range of the larger numbers.
    const SketchSpec lc = parse_sketch_spec("lc:1KiB");
    const TrialPlan plan{
        .sketches = {lc}, .cardinalities = {3, 100, 30'000}, .trials = 0, .seed = 0, .threads = 1};
    const std::vector<ChoiceNumbers> numbers{
        {.window = "", .is_rollup = false, .numbers = plan.cardinalities}};
    const SketchChoices nearest =
        choose_sketches({.target = 0.03, .budget_bytes = {}, .confidence = 0.95}, plan,
                        run_trials(plan, nullptr), numbers);
    CHECK_FALSE(nearest.families[0].sketch);
    CHECK(nearest.families[0].n_max == n_max_by_theory(lc, 0.03, 0.95, 100));
}

TEST_CASE("a budget is spent for the windows, and it is said in which roll-ups the sketch fails") {
    for (const std::uint64_t trials : {0U, 300U}) {
        const SketchChoices choices =
            choices_of({.target = {}, .budget_bytes = 2048, .confidence = 0.95}, trials, true);
        CHECK(choices.families[0].sketch->name() == "lc:2KiB");
        CHECK(choices.families[0].fails_in == std::vector<std::string>{"1h"});
        CHECK(choices.families[1].fails_in.empty());
        CHECK(choices.numbers == std::vector<std::uint64_t>{100, 5000});
    }
}

TEST_CASE("a target has to be held in roll-ups too") {
    const SketchChoices choices =
        choices_of({.target = 0.04, .budget_bytes = {}, .confidence = 0.95}, 300, true);
    CHECK_FALSE(choices.families[0].sketch);  // all bitmaps are full at 200,000 ids
    CHECK(choices.families[1].sketch->name() == "hll:12");
    CHECK(choices.families[1].worst_n == 200'000);
}

TEST_CASE("growth asks for more ids as well") {
    CHECK(with_growth(std::vector<std::uint64_t>{10, 3, 30}, 3) ==
          std::vector<std::uint64_t>{3, 9, 10, 30, 90});
    CHECK(with_growth(std::vector<std::uint64_t>{3}, 1.5) == std::vector<std::uint64_t>{3, 5});
    for (const std::uint64_t trials : {0U, 300U}) {
        ChoiceQuestion question{.target = {}, .budget_bytes = 1024, .confidence = 0.95};
        CHECK(choices_of(question, trials).families[0].sketch);
        question.growth = 20;  // 100,000 ids fill a bitmap of 1 KiB
        const SketchChoices choices = choices_of(question, trials);
        CHECK_FALSE(choices.families[0].sketch);
        CHECK(choices.numbers == std::vector<std::uint64_t>{100, 2000, 5000, 100'000});
    }
}
