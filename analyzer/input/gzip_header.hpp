// The header of a gzip member (RFC 1952 §2.3).
#pragma once

#include <cstdint>

#include "input/compressed_input.hpp"

namespace stream_analyzer {

/// Consumes one member header, its two magic bytes included. Throws EnvironmentError when the input
/// ends inside it, the method is not deflate, a reserved flag is set, or its own checksum (FHCRC)
/// does not fit. `decompressed_bytes` is for the message.
void read_gzip_header(CompressedInput& input, std::uint64_t decompressed_bytes);

}  // namespace stream_analyzer
