// stream-analyzer inspect: what is in a stored part.
#pragma once

#include <span>
#include <string>

#include "core/error.hpp"

namespace stream_analyzer {

/// What `stream-analyzer inspect --help` prints.
[[nodiscard]] std::string inspect_help();

/// Runs the command; `arguments` are those behind its name.
/// \throws UsageError, EnvironmentError, ClosedPipe.
[[nodiscard]] ExitCode run_inspect(std::span<const std::string> arguments);

}  // namespace stream_analyzer
