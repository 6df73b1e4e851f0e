// stream-analyzer analyze: the main job.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/reject_budget.hpp"
#include "cli/result_outputs.hpp"
#include "core/error.hpp"
#include "pipeline/analysis_options.hpp"

namespace stream_analyzer {

/// What the command line asks for.
struct AnalyzeRequest {
    AnalysisOptions analysis;  ///< without inputs: they are expanded when the command runs
    std::vector<std::string> input_arguments;
    std::optional<std::string> files_from;
    OutputRequest outputs;
    RejectBudget reject_budget;
};

/// What `stream-analyzer analyze --help` prints.
[[nodiscard]] std::string analyze_help();

/// Reads the arguments behind the command's name (without --help).
/// \throws UsageError naming the option, the value and what is allowed.
[[nodiscard]] AnalyzeRequest parse_analyze_request(std::span<const std::string> arguments);

/// Runs the command.
/// \throws UsageError, EnvironmentError, NothingToCountError, Interrupted, ClosedPipe.
[[nodiscard]] ExitCode run_analyze(std::span<const std::string> arguments);

}  // namespace stream_analyzer
