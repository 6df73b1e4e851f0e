// A stored part as a file or a pipe.
#pragma once

#include <memory>
#include <string>

#include "store/byte_stream.hpp"

namespace stream_analyzer {

/// Opens a file, or standard input for "-". Throws EnvironmentError naming the path. Not buffered:
/// runs are read block by block.
[[nodiscard]] std::unique_ptr<ByteSource> open_file_source(const std::string& path);

}  // namespace stream_analyzer
