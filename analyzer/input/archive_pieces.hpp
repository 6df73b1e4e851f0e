// Pieces of an archive that can be decompressed side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "input/compression.hpp"
#include "input/memory_block.hpp"
#include "input/source_file.hpp"

namespace stream_analyzer {

/// A run of whole zstd frames or gzip members.
struct ArchivePiece {
    std::uint64_t begin_bytes = 0;  ///< offsets in the file
    std::uint64_t end_bytes = 0;
    /// Upper bound, as far as the file tells the truth.
    std::size_t decompressed_bytes = 0;
};

/// The piece that begins at an offset where a frame or member begins: as many of them as decompress
/// to `wanted_bytes`, rounded up, but not to more than `most_bytes`; neither is it longer in the
/// file. Found from the headers of frames and blocks (zstd), or from the lengths that BGZF (SAM
/// specification §4.1) writes into gzip headers. Nothing when there is none that is as small as
/// that, its form is not understood, or reading fails: the file has to be decompressed in order
/// from there.
[[nodiscard]] std::optional<ArchivePiece> find_piece(const SourceFile& file,
                                                     Compression compression,
                                                     std::uint64_t begin_bytes,
                                                     std::size_t wanted_bytes,
                                                     std::size_t most_bytes);

/// Decompresses and verifies a piece. Its bytes stand in the block from `room` on. Returns where
/// they end; nothing when the piece is damaged, larger than it says, or cannot be read: then
/// decompressing in order from its beginning will tell.
[[nodiscard]] std::optional<std::size_t> unpack_piece(const std::shared_ptr<const SourceFile>& file,
                                                      Compression compression,
                                                      const ArchivePiece& piece, MemoryBlock& block,
                                                      std::size_t room);

}  // namespace stream_analyzer
