#include "compare/target_range.hpp"

#include <algorithm>
#include <cmath>

#include "sketch/error_model.hpp"

namespace stream_analyzer {

namespace {

bool within_by_theory(const SketchSpec& spec, std::uint64_t n, double target_rse) {
    const auto rse = predicted_rse(spec, static_cast<double>(n));
    return rse && *rse <= target_rse;
}

}  // namespace

std::uint64_t n_max_by_theory(const SketchSpec& spec, double target, double confidence) {
    const double target_rse = target / normal_quantile(confidence);
    // Steps of an eighth octave find the first number beyond the target; the error of a sketch
    // changes by less than a tenth in one. Between two steps it is found by halving.
    constexpr double kStep = 1.0905077326652577;  // 2^(1/8)
    std::uint64_t within = 0;
    for (double step = 1; within < kMostTheoryIds; step *= kStep) {
        const auto n = std::min(kMostTheoryIds, static_cast<std::uint64_t>(std::llround(step)));
        if (within_by_theory(spec, n, target_rse)) {
            within = n;
            continue;
        }
        std::uint64_t beyond = n;
        while (beyond - within > 1) {
            const std::uint64_t middle = within + (beyond - within) / 2;
            (within_by_theory(spec, middle, target_rse) ? within : beyond) = middle;
        }
        break;
    }
    return within;
}

std::uint64_t n_max_by_trials(std::size_t sketch, const TrialPlan& plan, const TrialErrors& errors,
                              double target, double confidence) {
    std::uint64_t within = 0;
    for (std::size_t c = 0; c < plan.cardinalities.size(); ++c) {
        if (!(error_quantile(errors.of(sketch, c), confidence) <= target)) break;
        within = plan.cardinalities[c];
    }
    return within;
}

void fill_ranges(const ChoiceQuestion& question, const TrialPlan& plan, const TrialErrors& errors,
                 std::vector<AccuracyRow>& rows) {
    if (!question.target) return;
    const bool by_trials = enough_trials(plan.trials, question.confidence);
    for (std::size_t s = 0; s < plan.sketches.size(); ++s) {
        const SketchSpec& spec = plan.sketches[s];
        const std::uint64_t theory = n_max_by_theory(spec, *question.target, question.confidence);
        const std::uint64_t trials =
            by_trials ? n_max_by_trials(s, plan, errors, *question.target, question.confidence) : 0;
        for (AccuracyRow& row : rows) {
            if (row.sketch != spec) continue;
            if (row.evidence == Evidence::theory) row.n_max_within_target = theory;
            if (row.evidence == Evidence::trials && by_trials) row.n_max_within_target = trials;
        }
    }
}

}  // namespace stream_analyzer
