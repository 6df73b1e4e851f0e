#include "compare/predicted_quantile.hpp"

#include <cmath>
#include <string>

#include "catch2.hpp"
#include "compare/simulation.hpp"
#include "compare/sketch_choice.hpp"
#include "sketch/error_model.hpp"

using namespace stream_analyzer;

namespace {

double quantile_ids(const char* sketch, double n, double confidence) {
    return n * predicted_quantile(parse_sketch_spec(sketch), n, confidence).value();
}

}  // namespace

TEST_CASE("the normal law holds 68.3 % within one standard error and 95 % within 1.96") {
    CHECK(normal_quantile(0.6826894921) == Approx(1).epsilon(1e-6));
    CHECK(normal_quantile(0.95) == Approx(1.959964).epsilon(1e-6));
    CHECK(normal_quantile(0.999) == Approx(3.290527).epsilon(1e-6));
}

TEST_CASE("one collision more than expected is an error of one id") {
    // 2,016 pairs of 32,768 bits: 64 ids meet 0.0615 times, 32 ids 0.0151 times, in 6.0 and 1.5 %
    // of the trials.
    CHECK(quantile_ids("lc:4KiB", 64, 0.95) == Approx(1 - 0.0625).epsilon(0.01));
    CHECK(quantile_ids("lc:4KiB", 32, 0.95) == Approx(0.0156).epsilon(0.01));
    CHECK(quantile_ids("lc:4KiB", 32, 0.99) == Approx(1 - 0.0156).epsilon(0.01));
    CHECK(quantile_ids("hll:15", 64, 0.95) == Approx(1 - 0.0625).epsilon(0.01));
}

TEST_CASE("errors of twenty ids and more follow the normal law") {
    const SketchSpec spec = parse_sketch_spec("hll:12");
    const double rse = *predicted_rse(spec, 45'000);
    CHECK(*predicted_quantile(spec, 45'000, 0.95) == Approx(1.959964 * rse).epsilon(1e-6));
    // A little below and above they agree: the law by steps has something to spare.
    for (const double n : {11'000.0, 11'500.0, 12'000.0}) {
        const SketchSpec lc = parse_sketch_spec("lc:20KiB");
        CHECK(*predicted_quantile(lc, n, 0.95) ==
              Approx(1.96 * *predicted_rse(lc, n)).epsilon(0.04));
    }
}

TEST_CASE("where theory has no error it has no quantile") {
    CHECK_FALSE(predicted_quantile(parse_sketch_spec("lc:8B"), 1000, 0.95));
    CHECK_FALSE(predicted_quantile(parse_sketch_spec("hll:12"), 0, 0.95));
    CHECK(predicted_quantile(parse_sketch_spec("hll:18"), 1, 0.999).value() >= 0);
}

TEST_CASE("the errors of trials are not above the quantile of theory", "[accuracy]") {
    // Up to twenty ids of predicted error, where a normal law is up to 264 % too low.
    TrialPlan plan{.sketches = {}, .cardinalities = {}, .trials = 4000, .seed = 0, .threads = 2};
    for (const char* const name : {"lc:256B", "lc:4KiB", "lc:200KiB", "hll:10", "hll:14", "hll:18",
                                   "ull:10", "ull:14", "ull:18"}) {
        plan.sketches.push_back(parse_sketch_spec(name));
    }
    for (double n = 4; n < 6000; n *= 1.3)
        plan.cardinalities.push_back(static_cast<std::uint64_t>(n));
    const TrialErrors errors = run_trials(plan, nullptr);
    for (const double confidence : {0.9, 0.95, 0.99}) {
        // What 4,000 trials know of a share: three standard errors.
        const double doubt = 3 * std::sqrt(confidence * (1 - confidence) / 4000);
        for (std::size_t s = 0; s < plan.sketches.size(); ++s) {
            for (std::size_t c = 0; c < plan.cardinalities.size(); ++c) {
                const auto n = static_cast<double>(plan.cardinalities[c]);
                const auto predicted = predicted_quantile(plan.sketches[s], n, confidence);
                if (!predicted) continue;
                const double observed = n * error_quantile(errors.of(s, c), confidence - doubt);
                CAPTURE(plan.sketches[s].name(), n, confidence, observed, n * *predicted);
                CHECK(observed <= 1.11 * n * *predicted + 0.05);
            }
        }
    }
}
