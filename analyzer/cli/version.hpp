#pragma once

#include <string>

namespace stream_analyzer {

/// "0.1.0".
[[nodiscard]] std::string program_version();

/// Own version, those of the libraries, and the kernel in use: what a bug report needs.
[[nodiscard]] std::string version_text();

}  // namespace stream_analyzer
