#pragma once

#include <span>
#include <string>

#include "core/error.hpp"

namespace stream_analyzer {

[[nodiscard]] std::string export_help();

/// The command line behind "export". Throws UsageError, EnvironmentError, Interrupted or
/// ClosedPipe.
[[nodiscard]] ExitCode run_export(std::span<const std::string> arguments);

}  // namespace stream_analyzer
