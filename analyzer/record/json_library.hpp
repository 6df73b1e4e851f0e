#pragma once

#include <string>

namespace stream_analyzer {

/// "simdjson 3.0.1 (icelake)": the library that checks UTF-8, and the kernel that it chose.
[[nodiscard]] std::string json_library();

}  // namespace stream_analyzer
