// The commands by name.
#pragma once

#include <span>
#include <string>

#include "core/error.hpp"

namespace stream_analyzer {

/// Runs what the arguments (behind the program's name) ask for.
/// \throws UsageError, EnvironmentError, NothingToCountError, Interrupted, ClosedPipe.
[[nodiscard]] ExitCode run_command(std::span<const std::string> arguments);

}  // namespace stream_analyzer
