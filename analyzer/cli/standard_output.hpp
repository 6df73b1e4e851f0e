#pragma once

#include <string_view>

#include "core/error.hpp"

namespace stream_analyzer {

/// Writes help or a version to standard output. Throws EnvironmentError or ClosedPipe.
[[nodiscard]] ExitCode print_text(std::string_view text);

}  // namespace stream_analyzer
