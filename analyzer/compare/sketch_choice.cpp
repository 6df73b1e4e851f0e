#include "compare/sketch_choice.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "sketch/error_model.hpp"

namespace stream_analyzer {

namespace {

/// Of one sketch at its worst number of ids.
struct Held {
    double error = 0;
    std::uint64_t n = 0;
};

/// Nothing when it is saturated, or theory says nothing, at one of the numbers.
std::optional<Held> held_by(std::size_t sketch, const TrialPlan& plan, const TrialErrors& errors,
                            Evidence evidence, double confidence) {
    Held worst;
    for (std::size_t c = 0; c < plan.cardinalities.size(); ++c) {
        double error = 0;
        if (evidence == Evidence::trials) {
            error = error_quantile(errors.of(sketch, c), confidence);
        } else {
            const auto rse =
                predicted_rse(plan.sketches[sketch], static_cast<double>(plan.cardinalities[c]));
            if (!rse) return std::nullopt;
            error = normal_quantile(confidence) * *rse;
        }
        if (!std::isfinite(error)) return std::nullopt;
        if (worst.n == 0 || error > worst.error) worst = {error, plan.cardinalities[c]};
    }
    return worst.n == 0 ? std::nullopt : std::optional(worst);
}

bool is_better(const SketchSpec& spec, const Held& held, const SketchChoice& choice,
               const ChoiceQuestion& question) {
    if (!choice.sketch) return true;
    if (question.target) return spec.memory_bytes() < choice.sketch->memory_bytes();
    return held.error < *choice.error;
}

}  // namespace

bool enough_trials(std::uint64_t trials, double confidence) {
    // A little less than ten: 1 - 0.95 is no double.
    return static_cast<double>(trials) * (1 - confidence) > 9.999;
}

double error_quantile(std::span<const double> errors, double confidence) {
    std::vector<double> absolute;
    absolute.reserve(errors.size());
    for (const double error : errors)
        absolute.push_back(std::fabs(error));
    const auto count = static_cast<double>(absolute.size());
    const auto rank = static_cast<std::size_t>(std::ceil(confidence * count));
    const auto at =
        absolute.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1)) - 1;
    std::ranges::nth_element(absolute, at);
    return *at;
}

double normal_quantile(double confidence) {
    double low = 0;
    double high = 40;  // erf is 1 long before
    for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2;
        (std::erf(middle / std::sqrt(2.0)) < confidence ? low : high) = middle;
    }
    return high;
}

SketchChoices choose_sketches(const ChoiceQuestion& question, const TrialPlan& plan,
                              const TrialErrors& errors) {
    SketchChoices choices{.question = question, .evidence = Evidence::theory, .families = {}};
    if (enough_trials(plan.trials, question.confidence)) choices.evidence = Evidence::trials;
    for (std::size_t s = 0; s < plan.sketches.size(); ++s) {
        const SketchSpec& spec = plan.sketches[s];
        auto choice = std::ranges::find(choices.families, spec.family, &SketchChoice::family);
        if (choice == choices.families.end()) {
            choice = choices.families.insert(
                choice,
                SketchChoice{.family = spec.family, .sketch = {}, .error = {}, .worst_n = 0});
        }
        if (question.budget_bytes && spec.memory_bytes() > *question.budget_bytes) continue;
        const auto held = held_by(s, plan, errors, choices.evidence, question.confidence);
        if (!held || (question.target && held->error > *question.target)) continue;
        if (!is_better(spec, *held, *choice, question)) continue;
        choice->sketch = spec;
        choice->error = held->error;
        choice->worst_n = held->n;
    }
    return choices;
}

}  // namespace stream_analyzer
