// Trials of sketches on fresh random ids: evidence that no single dump can give.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/id_list.hpp"
#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// What to try. A trial fills every sketch with ids of its own, as many as the largest cardinality,
/// and asks for the estimate at each cardinality on the way: the errors of one cardinality are
/// independent of each other, those of two cardinalities in the same trial are not.
struct TrialPlan {
    std::vector<SketchSpec> sketches;
    std::vector<std::uint64_t> cardinalities;  ///< ascending, each once, at least 1
    std::uint64_t trials = 0;
    std::uint64_t seed = 0;
    unsigned threads = 1;  ///< at least 1; the errors do not depend on it
};

/// Relative errors (fractions) of all trials. 8 bytes a trial, sketch and cardinality.
class TrialErrors {
  public:
    /// Stands where a sketch was saturated and gave no estimate.
    static constexpr double kSaturated = std::numeric_limits<double>::infinity();

    /// Room for the errors at so many numbers of ids.
    TrialErrors(std::size_t sketches, std::size_t cardinalities, std::size_t trials);

    /// The errors of a sketch at a cardinality (indexes into the plan), one a trial in their order.
    [[nodiscard]] std::span<const double> of(std::size_t sketch, std::size_t cardinality) const {
        return {errors_.data() + cell(sketch, cardinality), trials_};
    }
    [[nodiscard]] double& at(std::size_t sketch, std::size_t cardinality, std::size_t trial) {
        return errors_[cell(sketch, cardinality) + trial];
    }

  private:
    [[nodiscard]] std::size_t cell(std::size_t sketch, std::size_t cardinality) const {
        return (sketch * cardinalities_ + cardinality) * trials_;
    }

    std::size_t cardinalities_;
    std::size_t trials_;
    std::vector<double> errors_;
};

/// Runs the trials. Ids are 64-bit hashes, SplitMix64's numbers from a place that the seed chooses:
/// a bijection of a counter that never repeats, so no two ids of a run are equal.
///
/// Sketches of other systems have a hash function of their own with a seed that cannot be chosen:
/// they get the same numbers as texts of 16 hexadecimal digits, hashed as that system does, so that
/// its hash is on trial too.
///
/// \throws std::invalid_argument when trials times the largest cardinality exceed 2^64; Interrupted
/// when `interrupted` (may be null) is set meanwhile.
[[nodiscard]] TrialErrors run_trials(const TrialPlan& plan, const std::atomic<bool>* interrupted);

/// Trials with given ids, as many as the plan says: each hashes all lists (none empty) with a seed
/// of its own. The errors "at a cardinality" are those of the list with this index; the plan's
/// cardinalities do not matter. What they show depends on the hash function and on nothing else
/// than these ids.
///
/// \throws Interrupted when `interrupted` (may be null) is set meanwhile.
[[nodiscard]] TrialErrors run_rehashed_trials(const TrialPlan& plan, std::span<const IdList> lists,
                                              const std::atomic<bool>* interrupted);

}  // namespace stream_analyzer
