// The error table: one row a sketch, number of ids (or window length) and kind of evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/error_statistics.hpp"
#include "core/event_time.hpp"
#include "sketch/error_model.hpp"
#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

enum class Evidence : std::uint8_t {
    theory,  ///< sketch/error_model.hpp
    dump,    ///< the windows of one dump: a case study
    trials,  ///< compare/simulation.hpp: independent, with fresh ids
    rehash,  ///< the ids of one window of the dump under fresh hash seeds: independent as the hash
             ///< is, always of the same ids
};

/// "theory", "dump", "trials" or "rehash".
[[nodiscard]] constexpr std::string_view evidence_name(Evidence evidence) {
    switch (evidence) {
        case Evidence::theory:
            return "theory";
        case Evidence::dump:
            return "dump";
        case Evidence::trials:
            return "trials";
        case Evidence::rehash:
            return "rehash";
    }
    return {};
}

/// "" when theory is good, else "nearly full", "few registers" or "no theory".
[[nodiscard]] constexpr std::string_view theory_note(TheoryDoubt doubt) {
    switch (doubt) {
        case TheoryDoubt::none:
            return "";
        case TheoryDoubt::nearly_full:
            return "nearly full";
        case TheoryDoubt::few_registers:
            return "few registers";
        case TheoryDoubt::no_theory:
            return "no theory";
    }
    return {};
}

/// Errors are relative (fractions); every number is finite; what is undefined is absent.
struct AccuracyRow {
    SketchSpec sketch;
    /// Bytes of the sketches of all windows over those of their exact sets; absent without a dump.
    std::optional<double> share_of_exact_bytes;
    std::string window;  ///< label of the window length; empty without a dump
    /// Of a roll-up: its sketches are those of its windows merged (the state is that which all of
    /// its ids give), its truth the exact count of their union.
    bool is_rollup = false;
    Evidence evidence = Evidence::theory;
    std::optional<std::uint64_t> samples;  ///< trials, hash seeds or windows; absent for theory
    std::uint64_t n_min = 0;               ///< smallest number of distinct ids
    std::uint64_t n_max = 0;               ///< largest; equal to n_min for trials
    /// Empty for theory. Without the interval of rmse below kLeastNormalError_ids of predicted
    /// error, and for a dump, whose windows are no independent trials.
    ErrorStatistics errors;
    /// The window of max_absolute_error; of a rehash the window whose ids they are.
    std::optional<WindowTime> max_window;
    /// Theory at these n, root mean square over the windows of a dump; absent where it has nothing
    /// for one of them (a linear counter that is nearly full).
    std::optional<double> predicted_rse;
    std::optional<double> observed_over_predicted;  ///< rmse / predicted_rse
    /// Whether predicted_rse lies in the 99 % interval of rmse; absent without one, and below
    /// kLeastNormalError_ids of predicted error, as the coverage is.
    std::optional<bool> theory_in_interval;
    /// Samples within one and two predicted standard errors; a normal law gives 0.683 and 0.954.
    std::optional<double> share_within_1_sigma;
    std::optional<double> share_within_2_sigma;
    std::optional<std::uint64_t> saturated;  ///< samples without an estimate: the sketch was full
    /// Samples that the errors leave out, saturated ones among them.
    std::optional<std::uint64_t> left_out;
    /// How far predicted_rse can be trusted at n_max.
    TheoryDoubt theory_doubt = TheoryDoubt::none;
    /// Up to so many ids the asked share of the errors is within the asked target, by this row's
    /// evidence: theory of all numbers from n_max on, trials of the numbers that were tried. See
    /// fill_ranges (compare/target_range.hpp). Absent without a target, for a dump, and where
    /// trials are too few.
    std::optional<std::uint64_t> n_max_within_target;
};

}  // namespace stream_analyzer
