// How much of a file a frame or member takes.
#pragma once

#include <cstdint>

namespace stream_analyzer {

/// Of one zstd frame or gzip member, told by headers and not verified.
struct ArchiveExtent {
    std::uint64_t compressed_bytes = 0;
    std::uint64_t decompressed_bytes = 0;  ///< at most
};

}  // namespace stream_analyzer
