// Which sketch of a grid is good enough, and which is the best for its memory.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "compare/accuracy_row.hpp"
#include "compare/simulation.hpp"
#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// What is asked: one of target and budget, or both.
struct ChoiceQuestion {
    std::optional<double> target;               ///< largest relative error, a fraction
    std::optional<std::uint64_t> budget_bytes;  ///< largest memory of one sketch
    /// So many of the errors shall be within: a fraction above 0 and below 1.
    double confidence = 0.95;
};

/// The answer for one family.
struct SketchChoice {
    SketchFamily family = SketchFamily::linear_counting;
    /// The smallest sketch that holds the target within the budget; without a target the one with
    /// the smallest error within the budget. Nothing when there is none.
    std::optional<SketchSpec> sketch;
    /// |relative error| that `confidence` of the errors do not exceed, at the worst of the numbers
    /// of ids; absent without a sketch.
    std::optional<double> error;
    std::uint64_t worst_n = 0;  ///< that number; 0 without a sketch
};

struct SketchChoices {
    ChoiceQuestion question;
    /// What the answer rests on: trials, if there are enough, else theory (a normal law with the
    /// predicted standard error).
    Evidence evidence = Evidence::theory;
    std::vector<SketchChoice> families;  ///< those of the grid, in its order
};

/// Ten errors beyond the confidence are the fewest to know it by.
[[nodiscard]] bool enough_trials(std::uint64_t trials, double confidence);

/// How many standard errors hold the share `confidence` of a normal law: 1.96 for 0.95.
[[nodiscard]] double normal_quantile(double confidence);

/// |error| that the share `confidence` of the errors (at least one) do not exceed, by nearest rank;
/// infinite when it is a saturated trial's, which rank last.
[[nodiscard]] double error_quantile(std::span<const double> errors, double confidence);

/// Answers for the plan's numbers of ids: a saturated trial is beyond every target.
[[nodiscard]] SketchChoices choose_sketches(const ChoiceQuestion& question, const TrialPlan& plan,
                                            const TrialErrors& errors);

}  // namespace stream_analyzer
