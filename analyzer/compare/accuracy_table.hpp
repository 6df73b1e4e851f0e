// From trials and windows to rows of the error table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compare/accuracy_row.hpp"
#include "compare/dump_errors.hpp"
#include "compare/simulation.hpp"
#include "compare/sketch_choice.hpp"

namespace stream_analyzer {

/// What `accuracy` found, and what it rests on.
struct AccuracyTable {
    std::uint64_t trials = 0;
    std::uint64_t seed = 0;                  ///< of the trials
    std::optional<std::uint64_t> hash_seed;  ///< of the dump's ids; absent without a dump
    std::vector<AccuracyRow> rows;
    std::optional<SketchChoices> choices;  ///< the answer, if a question was asked
};

/// The rows of a plan, ordered by cardinality, sketch, evidence: theory, then (unless plan.trials
/// is 0) trials. `errors` are those of the plan.
[[nodiscard]] std::vector<AccuracyRow> cardinality_rows(const TrialPlan& plan,
                                                        const TrialErrors& errors);

/// Appends those of `rows` (cardinality_rows) that are about `cardinalities`, as rows of `window`.
void append_rows_of(std::span<const std::uint64_t> cardinalities,
                    const std::vector<AccuracyRow>& rows, const std::string& window,
                    std::vector<AccuracyRow>& table);

/// The rows of re-hashed trials of one window, its start and its ids: one a sketch, from the errors
/// at `list`.
void append_rehash_rows(const TrialPlan& plan, const TrialErrors& errors, std::size_t list,
                        const WindowResult& window, const std::string& label,
                        std::vector<AccuracyRow>& table);

/// Appends what is known of a window length: the rows of the dump, then those of `trials` that are
/// about its typical cardinalities.
void append_length_rows(const DumpErrors& dump, std::size_t length,
                        const std::vector<AccuracyRow>& trials, std::vector<AccuracyRow>& table);

}  // namespace stream_analyzer
