#pragma once

#include <string>

namespace stream_analyzer {

/// "ISA-L 2.30.0, zstd 1.5.4".
[[nodiscard]] std::string decompressor_versions();

}  // namespace stream_analyzer
