#include "compare/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>

#include "catch2.hpp"
#include "core/error.hpp"

using namespace stream_analyzer;

namespace {

TrialPlan small_plan() {
    return {.sketches = {parse_sketch_spec("lc:64B"), parse_sketch_spec("hll:6"),
                         parse_sketch_spec("ull:5")},
            .cardinalities = {10, 100, 10'000},
            .trials = 50,
            .seed = 7,
            .threads = 1};
}

std::vector<double> all_errors(const TrialPlan& plan) {
    const TrialErrors errors = run_trials(plan, nullptr);
    std::vector<double> all;
    for (std::size_t s = 0; s < plan.sketches.size(); ++s) {
        for (std::size_t c = 0; c < plan.cardinalities.size(); ++c) {
            const auto some = errors.of(s, c);
            all.insert(all.end(), some.begin(), some.end());
        }
    }
    return all;
}

}  // namespace

TEST_CASE("trials do not depend on the number of threads") {
    TrialPlan plan = small_plan();
    const std::vector<double> errors = all_errors(plan);
    CHECK(errors.size() == 450);
    for (const unsigned threads : {2U, 3U, 64U}) {
        plan.threads = threads;
        CHECK(all_errors(plan) == errors);
    }
}

TEST_CASE("another seed gives other trials") {
    TrialPlan plan = small_plan();
    const std::vector<double> errors = all_errors(plan);
    plan.seed = 8;
    CHECK(all_errors(plan) != errors);
}

TEST_CASE("a cardinality on the way has the errors that it has alone with the same ids") {
    // The ids of trial 0 do not depend on the largest cardinality.
    TrialPlan plan = small_plan();
    plan.trials = 1;
    const double on_the_way = run_trials(plan, nullptr).of(1, 1).front();
    plan.cardinalities = {100};
    CHECK(run_trials(plan, nullptr).of(1, 0).front() == on_the_way);
}

TEST_CASE("a full linear counter is saturated in a trial and no error") {
    const TrialPlan plan = small_plan();
    const TrialErrors errors = run_trials(plan, nullptr);
    const auto full = errors.of(0, 2);
    CHECK(std::ranges::count(full, TrialErrors::kSaturated) == 50);
    CHECK(std::ranges::count(errors.of(0, 1), TrialErrors::kSaturated) == 0);
}

TEST_CASE("the ids of a trial are different from each other and from those of other trials") {
    // Were ids repeated within a trial the estimate would be short of whole ids; were trials equal
    // their errors would be.
    TrialPlan plan{.sketches = {parse_sketch_spec("lc:1MiB")},
                   .cardinalities = {20},
                   .trials = 20,
                   .seed = 0,
                   .threads = 1};
    const TrialErrors few = run_trials(plan, nullptr);
    for (const double error : few.of(0, 0))
        CHECK(std::abs(error) < 1e-5);
    plan.sketches = {parse_sketch_spec("ull:12")};  // a bitmap has few different estimates
    plan.cardinalities = {100'000};
    const TrialErrors many = run_trials(plan, nullptr);
    std::vector<double> errors(many.of(0, 0).begin(), many.of(0, 0).end());
    std::ranges::sort(errors);
    CHECK(std::ranges::adjacent_find(errors) == errors.end());
}

TEST_CASE("more ids than 64-bit numbers are refused") {
    TrialPlan plan = small_plan();
    plan.cardinalities = {UINT64_MAX};
    plan.trials = 2;
    CHECK_THROWS_AS(run_trials(plan, nullptr), std::invalid_argument);
}

TEST_CASE("no trials have no errors") {
    TrialPlan plan = small_plan();
    plan.trials = 0;
    CHECK(all_errors(plan).empty());
}

TEST_CASE("an interrupt ends the trials") {
    const std::atomic<bool> interrupted{true};
    CHECK_THROWS_AS(run_trials(small_plan(), &interrupted), Interrupted);
}

namespace {

IdList numbered_ids(std::size_t first, std::size_t count) {
    IdList ids;
    for (std::size_t i = 0; i < count; ++i)
        ids.add("user" + std::to_string(first + i));
    return ids;
}

}  // namespace

TEST_CASE("re-hashed trials do not depend on threads, do on the seed, and differ from each other") {
    TrialPlan plan = small_plan();
    const std::vector<IdList> lists{numbered_ids(0, 300), numbered_ids(200, 9000)};
    const auto errors_of = [&] {
        const TrialErrors errors = run_rehashed_trials(plan, lists, nullptr);
        std::vector<double> all;
        for (std::size_t s = 0; s < plan.sketches.size(); ++s) {
            for (std::size_t l = 0; l < lists.size(); ++l)
                all.insert(all.end(), errors.of(s, l).begin(), errors.of(s, l).end());
        }
        return all;
    };
    const std::vector<double> errors = errors_of();
    CHECK(errors.size() == 300);
    CHECK(std::set<double>(errors.begin() + 100, errors.begin() + 150).size() > 45);  // hll:6
    plan.threads = 3;
    CHECK(errors_of() == errors);
    plan.seed = 8;
    CHECK(errors_of() != errors);
}

TEST_CASE("an error of a re-hashed trial is that of a sketch of these ids under a seed") {
    // In a bitmap of 1 MiB twenty ids rarely meet, and one that is there twice counts once.
    TrialPlan plan = small_plan();
    plan.sketches = {parse_sketch_spec("lc:1MiB")};
    const std::vector<IdList> lists{numbered_ids(0, 20)};
    const TrialErrors errors = run_rehashed_trials(plan, lists, nullptr);
    for (const double error : errors.of(0, 0))
        CHECK(std::abs(error) < 1e-5);
    const std::atomic<bool> interrupted{true};
    CHECK_THROWS_AS(run_rehashed_trials(plan, lists, &interrupted), Interrupted);
    plan.trials = 0;
    CHECK(run_rehashed_trials(plan, lists, nullptr).of(0, 0).empty());
}
