#include "compare/sketch_choice.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "compare/predicted_quantile.hpp"
#include "compare/target_range.hpp"

namespace stream_analyzer {

namespace {

/// Of one sketch at its worst number of ids.
struct Held {
    double error = 0;
    std::uint64_t n = 0;
};

/// What is known of all sketches, and how to read it.
class Judge {
  public:
    Judge(const ChoiceQuestion& question, const TrialPlan& plan, const TrialErrors& errors,
          Evidence evidence)
        : question_{question}, plan_{plan}, errors_{errors}, evidence_{evidence} {}

    /// Nothing when it is saturated, or theory says nothing, at one of the numbers, or when there
    /// are no numbers.
    [[nodiscard]] std::optional<Held> held_by(std::size_t sketch,
                                              std::span<const std::uint64_t> numbers) const {
        Held worst;
        for (const std::uint64_t n : numbers) {
            const double error = error_at(sketch, n);
            if (!std::isfinite(error)) return std::nullopt;
            if (worst.n == 0 || error > worst.error) worst = {error, n};
        }
        return worst.n == 0 ? std::nullopt : std::optional(worst);
    }

    /// Whether there is an estimate at all numbers, within the target if there is one.
    [[nodiscard]] bool holds(std::size_t sketch, std::span<const std::uint64_t> numbers) const {
        const auto held = held_by(sketch, numbers);
        return held && (!question_.target || held->error <= *question_.target);
    }

  private:
    [[nodiscard]] double error_at(std::size_t sketch, std::uint64_t n) const {
        if (evidence_ == Evidence::trials) {
            const auto place = std::ranges::lower_bound(plan_.cardinalities, n);
            const auto index = static_cast<std::size_t>(place - plan_.cardinalities.begin());
            return error_quantile(errors_.of(sketch, index), question_.confidence);
        }
        return predicted_quantile(plan_.sketches[sketch], static_cast<double>(n),
                                  question_.confidence)
            .value_or(std::numeric_limits<double>::infinity());
    }

    const ChoiceQuestion& question_;
    const TrialPlan& plan_;
    const TrialErrors& errors_;
    Evidence evidence_;
};

bool is_better(const SketchChoice& one, const SketchChoice& other, const ChoiceQuestion& question) {
    if (!other.sketch) return true;
    // Of equal ones the one with less of the other.
    const auto memory = [](const SketchChoice& choice) { return choice.sketch->memory_bytes(); };
    if (question.target) {
        return std::pair(memory(one), *one.error) < std::pair(memory(other), *other.error);
    }
    return std::pair(*one.error, memory(one)) < std::pair(*other.error, memory(other));
}

/// `numbers` are ascending.
std::uint64_t n_max_of(const SketchSpec& spec, const ChoiceQuestion& question,
                       std::span<const std::uint64_t> numbers) {
    // Any error is within an infinite target, as long as theory has one.
    const double target = question.target.value_or(std::numeric_limits<double>::infinity());
    for (auto n = numbers.rbegin(); n != numbers.rend(); ++n) {
        const std::uint64_t end = n_max_by_theory(spec, target, question.confidence, *n);
        if (end > 0) return end;
    }
    return 0;
}

SketchChoice choice_of(const SketchSpec& spec, const Held& held, const ChoiceQuestion& question,
                       std::span<const std::uint64_t> numbers) {
    return {.family = spec.family,
            .sketch = spec,
            .error = held.error,
            .worst_n = held.n,
            .nearest = {},
            .n_max = n_max_of(spec, question, numbers),
            .fails_in = {}};
}

SketchChoice& choice_of_family(SketchFamily family, std::vector<SketchChoice>& choices) {
    const auto found = std::ranges::find(choices, family, &SketchChoice::family);
    if (found != choices.end()) return *found;
    choices.push_back({.family = family,
                       .sketch = {},
                       .error = {},
                       .worst_n = 0,
                       .nearest = {},
                       .n_max = 0,
                       .fails_in = {}});
    return choices.back();
}

void name_best(SketchChoices& choices) {
    for (std::size_t i = 0; i < choices.families.size(); ++i) {
        SketchChoice& choice = choices.families[i];
        if (!choice.sketch) {
            if (choice.nearest)
                choice.n_max = n_max_of(*choice.nearest, choices.question, choices.numbers);
            continue;
        }
        choice.nearest.reset();
        if (!choices.best || is_better(choice, choices.families[*choices.best], choices.question)) {
            choices.best = i;
        }
    }
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

std::vector<std::uint64_t> with_growth(std::span<const std::uint64_t> numbers, double growth) {
    std::vector<std::uint64_t> all(numbers.begin(), numbers.end());
    if (growth > 1) {
        for (const std::uint64_t n : numbers) {
            all.push_back(static_cast<std::uint64_t>(
                std::llround(std::ceil(static_cast<double>(n) * growth))));
        }
    }
    std::ranges::sort(all);
    // Not ranges::unique: clang 14 cannot read the subrange of libstdc++ 12.
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

SketchChoices choose_sketches(const ChoiceQuestion& question, const TrialPlan& plan,
                              const TrialErrors& errors, std::span<const ChoiceNumbers> numbers) {
    SketchChoices choices{.question = question,
                          .evidence = Evidence::theory,
                          .families = {},
                          .best = {},
                          .numbers = {}};
    if (enough_trials(plan.trials, question.confidence)) choices.evidence = Evidence::trials;
    const Judge judge(question, plan, errors, choices.evidence);
    std::vector<std::uint64_t> decisive;
    for (const ChoiceNumbers& some : numbers) {
        const auto all = with_growth(some.numbers, question.growth);
        if (!some.is_rollup || question.target)
            decisive.insert(decisive.end(), all.begin(), all.end());
    }
    decisive = with_growth(decisive, 1);
    choices.numbers = decisive;
    for (std::size_t s = 0; s < plan.sketches.size(); ++s) {
        const SketchSpec& spec = plan.sketches[s];
        SketchChoice& best = choice_of_family(spec.family, choices.families);
        if (question.budget_bytes && spec.memory_bytes() > *question.budget_bytes) continue;
        if (!best.nearest || spec.memory_bytes() > best.nearest->memory_bytes())
            best.nearest = spec;
        if (!judge.holds(s, decisive)) continue;
        SketchChoice choice = choice_of(spec, *judge.held_by(s, decisive), question, decisive);
        if (!is_better(choice, best, question)) continue;
        for (const ChoiceNumbers& some : numbers) {
            if (some.is_rollup && !judge.holds(s, with_growth(some.numbers, question.growth)))
                choice.fails_in.push_back(some.window);
        }
        best = std::move(choice);
    }
    name_best(choices);
    return choices;
}

}  // namespace stream_analyzer
