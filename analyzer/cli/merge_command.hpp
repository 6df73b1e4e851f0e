// stream-analyzer merge: stored parts as one result.
#pragma once

#include <span>
#include <string>

#include "cli/reject_budget.hpp"
#include "cli/result_outputs.hpp"
#include "core/error.hpp"
#include "pipeline/merge_parts.hpp"

namespace stream_analyzer {

struct MergeRequest {
    MergeOptions merge;
    OutputRequest outputs;
    RejectBudget reject_budget;
};

/// What `stream-analyzer merge --help` prints.
[[nodiscard]] std::string merge_help();

/// Reads the arguments behind the command's name (without --help).
/// \throws UsageError naming the option, the value and what is allowed.
[[nodiscard]] MergeRequest parse_merge_request(std::span<const std::string> arguments);

/// Runs the command.
/// \throws UsageError, EnvironmentError, Interrupted, ClosedPipe.
[[nodiscard]] ExitCode run_merge(std::span<const std::string> arguments);

}  // namespace stream_analyzer
