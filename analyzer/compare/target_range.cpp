#include "compare/target_range.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "compare/predicted_quantile.hpp"

namespace stream_analyzer {

namespace {

/// Below so many ids of target, steps of the law (predicted_quantile) are fine ones: twice what a
/// normal law of kLeastSmoothError_ids has at 95 %, more than at 99.9 %.
constexpr double kSmoothTarget_ids = 4 * kLeastSmoothError_ids;

bool within_by_theory(const SketchSpec& spec, std::uint64_t n, double target, double confidence) {
    const auto error = predicted_quantile(spec, static_cast<double>(n), confidence);
    return error && *error <= target;
}

/// The next number to look at.
std::uint64_t stepped(std::uint64_t n, double target) {
    const auto ids = static_cast<double>(n);
    const double octaves = ids * target < kSmoothTarget_ids ? 1.0 / 64 : 1.0 / 8;
    const auto next = static_cast<std::uint64_t>(std::llround(ids * std::exp2(octaves)));
    return std::min(kMostTheoryIds, std::max(n + 1, next));
}

/// n_max_by_theory of one sketch for many numbers, each range looked for once.
class RangesByTheory {
  public:
    RangesByTheory(const ChoiceQuestion& question, const SketchSpec& spec)
        : spec_{spec}, target_{*question.target}, confidence_{question.confidence} {}

    [[nodiscard]] std::uint64_t from(std::uint64_t n) {
        const auto after = ends_.upper_bound(n);
        if (after != ends_.begin() && n <= std::prev(after)->second)
            return std::prev(after)->second;
        return ends_[n] = n_max_by_theory(spec_, target_, confidence_, n);
    }

  private:
    SketchSpec spec_;
    double target_;
    double confidence_;
    std::map<std::uint64_t, std::uint64_t> ends_;  // by where they begin; 0: not even there
};

}  // namespace

std::uint64_t n_max_by_theory(const SketchSpec& spec, double target, double confidence,
                              std::uint64_t from) {
    const auto is_within = [&](std::uint64_t n) {
        return within_by_theory(spec, n, target, confidence);
    };
    if (from > kMostTheoryIds || !is_within(from)) return 0;
    std::uint64_t within = from;
    while (within < kMostTheoryIds) {
        std::uint64_t beyond = stepped(within, target);
        if (is_within(beyond)) {
            within = beyond;
            continue;
        }
        while (beyond - within > 1) {
            const std::uint64_t middle = within + (beyond - within) / 2;
            (is_within(middle) ? within : beyond) = middle;
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
        RangesByTheory theory(question, spec);
        const std::uint64_t trials =
            by_trials ? n_max_by_trials(s, plan, errors, *question.target, question.confidence) : 0;
        for (AccuracyRow& row : rows) {
            if (row.sketch != spec) continue;
            if (row.evidence == Evidence::theory) row.n_max_within_target = theory.from(row.n_max);
            if (row.evidence == Evidence::trials && by_trials) row.n_max_within_target = trials;
        }
    }
}

}  // namespace stream_analyzer
