// stream-analyzer accuracy: error tables from theory, a dump and trials.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/analyze_command.hpp"
#include "compare/sketch_choice.hpp"
#include "core/error.hpp"
#include "report/accuracy_format.hpp"
#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// What the command line asks for. Defaults stand here and in default_grid_sizes().
struct AccuracyRequest {
    std::vector<std::uint64_t> cardinalities;  ///< ascending, each once
    std::uint64_t trials = 1000;
    std::uint64_t seed = 0;
    ChoiceQuestion question;  ///< without target and budget none is asked
    /// Inputs and how they are read; threads count for the trials too. Without inputs there are
    /// trials alone.
    AnalyzeRequest reading;
    /// Options that say how a dump is read, as far as they were given: none fits stored parts.
    std::vector<std::string> dump_options;
    std::vector<std::string> notes;  ///< what was asked for and is not there: to be said
    bool reads_parts = false;        ///< the inputs are stored parts; known when they are expanded
    std::vector<std::string> output_paths;
    std::optional<AccuracyFormat> stdout_format;  ///< absent: see accuracy_help()

    [[nodiscard]] const std::vector<SketchSpec>& sketches() const {
        return reading.analysis.sketches;
    }
    [[nodiscard]] bool has_input() const {
        return !reading.input_arguments.empty() || reading.files_from.has_value();
    }
};

/// The sizes of the experiment that the project grew out of: 1 KiB to 200 KiB.
[[nodiscard]] std::vector<std::uint64_t> default_grid_sizes();

/// What `stream-analyzer accuracy --help` prints.
[[nodiscard]] std::string accuracy_help();

/// Reads the arguments behind the command's name (without --help).
/// \throws UsageError naming the option, the value and what is allowed.
[[nodiscard]] AccuracyRequest parse_accuracy_request(std::span<const std::string> arguments);

/// Runs the command.
/// \throws UsageError, EnvironmentError, NothingToCountError, Interrupted, ClosedPipe.
[[nodiscard]] ExitCode run_accuracy(std::span<const std::string> arguments);

}  // namespace stream_analyzer
