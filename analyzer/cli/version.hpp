#pragma once

#include <string>

namespace stream_analyzer {

/// Own version, those of the libraries, and the kernel in use: what a bug report needs.
[[nodiscard]] std::string version_text();

}  // namespace stream_analyzer
