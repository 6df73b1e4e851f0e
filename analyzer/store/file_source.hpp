// A stored part as a file or a pipe.
#pragma once

#include <memory>
#include <string>

#include "store/byte_source.hpp"

namespace stream_analyzer {

/// Opens a file, or standard input for "-". Throws EnvironmentError naming the path. Not buffered:
/// runs are read block by block.
[[nodiscard]] std::unique_ptr<ByteSource> open_file_source(const std::string& path);

/// Whether the file, or standard input for "-", begins as a stored part does; nothing is taken from
/// it. Waits for the first bytes of a pipe. False for what is neither a regular file nor a pipe at
/// standard input, and for what cannot be read: whoever opens it says why.
[[nodiscard]] bool is_stored_part(const std::string& path);

}  // namespace stream_analyzer
