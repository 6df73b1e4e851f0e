// Up to how many ids a sketch stays within a target.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "compare/accuracy_row.hpp"
#include "compare/simulation.hpp"
#include "compare/sketch_choice.hpp"
#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// The largest n such that from `from` (at least 1) to n theory (predicted_quantile) puts
/// `confidence` of the errors within `target` (a fraction) at every number of ids: 0 when they are
/// beyond it at `from`, kMostTheoryIds when they never are. Looked at in steps of an eighth octave,
/// in which the error of a sketch changes by less than a tenth, and of a 64th where the law has
/// steps; between two of them the end is found by halving. Nothing beyond theory's own limits
/// counts as within.
[[nodiscard]] std::uint64_t n_max_by_theory(const SketchSpec& spec, double target,
                                            double confidence, std::uint64_t from);

/// 2^56: there theory of sketches with registers ends (sketch/error_model.hpp).
inline constexpr std::uint64_t kMostTheoryIds = std::uint64_t{1} << 56U;

/// The same by trials: the largest of the plan's numbers of ids such that at it and at every
/// smaller one `confidence` of the errors of the sketch (an index) are within `target`; 0 when they
/// are not at the first.
[[nodiscard]] std::uint64_t n_max_by_trials(std::size_t sketch, const TrialPlan& plan,
                                            const TrialErrors& errors, double target,
                                            double confidence);

/// Fills n_max_within_target of the rows of theory and, if there are enough trials for the
/// confidence, of trials. Does nothing without a target.
void fill_ranges(const ChoiceQuestion& question, const TrialPlan& plan, const TrialErrors& errors,
                 std::vector<AccuracyRow>& rows);

}  // namespace stream_analyzer
