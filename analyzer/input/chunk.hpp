// A chunk: a run of whole lines of one source, the unit of parallel work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stream_analyzer {

/// Readable bytes after every chunk, so that kernels may load past its end. Their content is
/// unspecified. Equals SIMDJSON_PADDING, the largest need of a reader.
inline constexpr std::size_t kChunkPadding_bytes = 64;

/// Default size of a chunk before it is rounded to whole lines.
inline constexpr std::size_t kDefaultChunk_bytes = std::size_t{4} << 20U;

/// Default of --max-line.
inline constexpr std::size_t kDefaultMaxLine_bytes = std::size_t{64} << 20U;

struct Chunk {
    /// 0, 1, 2, ... without holes over all sources, in input order.
    std::uint64_t sequence = 0;
    /// Index of the source among the inputs.
    std::size_t source = 0;
    /// Where `bytes` begins in the source, in decompressed bytes.
    std::uint64_t offset_bytes = 0;
    /// Whole lines with their line feeds; only the source's last line may lack one. Empty when no
    /// line starts in the chunk's share of the source. Valid until the buffer that it was read into
    /// is used again. kChunkPadding_bytes after its end are readable.
    std::string_view bytes;
    /// Not 0: `bytes` is only the beginning (without line feed) of one line of this length (line
    /// feed included) that was too long to be held: longer than --max-line and than two chunks.
    /// Lines longer than --max-line that do fit may stand in `bytes` of any chunk.
    std::uint64_t overlong_line_bytes = 0;
    /// The source's last chunk. Every source has exactly one, also when reading it failed.
    bool last_of_source = false;
};

}  // namespace stream_analyzer
