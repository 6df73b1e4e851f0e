// Running the analysis of a dump, the same way for every command that reads one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/analyze_command.hpp"
#include "pipeline/analyze.hpp"

namespace stream_analyzer {

/// analyze() with these hooks, and progress on a terminal. If the fields are not in the dump, the
/// message ends with the complete command to type, made of the command's name and `arguments`.
/// \throws UsageError, EnvironmentError, NothingToCountError, Interrupted.
[[nodiscard]] AnalysisResult run_advised(std::string_view command_name,
                                         std::span<const std::string> arguments,
                                         const AnalyzeRequest& request, AnalysisHooks hooks);

/// The files that are read: no output may be one of them.
[[nodiscard]] std::vector<std::string> input_paths(const AnalyzeRequest& request);

}  // namespace stream_analyzer
