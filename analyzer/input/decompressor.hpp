// The decompressor for a file's kind of compression.
#pragma once

#include <memory>
#include <string>

#include "input/byte_stream.hpp"
#include "input/compressed_input.hpp"
#include "input/compression.hpp"

namespace stream_analyzer {

/// Decompresses `stream`, which delivers the file called `name` from `begin` on, as `compression`
/// says; the stream itself when it is none. The compression must be readable.
[[nodiscard]] std::unique_ptr<ByteStream> make_decompressor(Compression compression,
                                                            std::unique_ptr<ByteStream> stream,
                                                            const std::string& name,
                                                            const ArchivePosition& begin = {});

}  // namespace stream_analyzer
