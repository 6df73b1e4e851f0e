// Which sketch of a grid is good enough, and which is the best for its memory.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
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
    /// The answer shall hold for so many times the ids as well: traffic to come. At least 1.
    double growth = 1;
};

/// Numbers of ids that the question is about: those of a window length, or given ones.
struct ChoiceNumbers {
    std::string window;  ///< label of the length; empty for given numbers
    /// Of a roll-up: a budget is spent for the windows alone, and it is said where the sketch fails
    /// then. A target has to be held here too.
    bool is_rollup = false;
    std::vector<std::uint64_t> numbers;
};

/// `numbers` and each of them `growth` times (rounded up); ascending, each once.
[[nodiscard]] std::vector<std::uint64_t> with_growth(std::span<const std::uint64_t> numbers,
                                                     double growth);

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
    /// Without a sketch: the largest that was tried within the budget, if any.
    std::optional<SketchSpec> nearest;
    /// By theory: from the largest of the numbers at which the sketch, else the nearest, holds the
    /// target or, without a target, has an estimate, it does so up to this one. kMostTheoryIds
    /// (compare/target_range.hpp) for any number; 0 for none.
    std::uint64_t n_max = 0;
    /// Roll-ups in which the sketch has no estimate, or not one within the target.
    std::vector<std::string> fails_in;
};

struct SketchChoices {
    ChoiceQuestion question;
    /// What the answer rests on: trials, if there are enough, else theory (predicted_quantile).
    Evidence evidence = Evidence::theory;
    std::vector<SketchChoice> families;  ///< those of the grid, in its order
    /// Of `families` the one with the least memory (with a target) or error. Absent when none has a
    /// sketch.
    std::optional<std::size_t> best;
    std::vector<std::uint64_t> numbers;  ///< at which a sketch has to hold; ascending
};

/// Ten errors beyond the confidence are the fewest to know it by.
[[nodiscard]] bool enough_trials(std::uint64_t trials, double confidence);

/// |error| that the share `confidence` of the errors (at least one) do not exceed, by nearest rank;
/// infinite when it is a saturated trial's, which rank last.
[[nodiscard]] double error_quantile(std::span<const double> errors, double confidence);

/// Answers for `numbers`, all of which the plan has tried, with the growth of the question: a
/// saturated trial is beyond every target.
[[nodiscard]] SketchChoices choose_sketches(const ChoiceQuestion& question, const TrialPlan& plan,
                                            const TrialErrors& errors,
                                            std::span<const ChoiceNumbers> numbers);

}  // namespace stream_analyzer
