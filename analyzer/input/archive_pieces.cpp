#include "input/archive_pieces.hpp"

#include <zstd.h>

#include <algorithm>
#include <span>

#include "core/error.hpp"
#include "input/bgzf_member.hpp"
#include "input/file_range_stream.hpp"
#include "input/gzip_stream.hpp"
#include "input/zstd_frame.hpp"

namespace stream_analyzer {

namespace {

std::optional<ArchiveExtent> extent_at(const SourceFile& file, Compression compression,
                                       std::uint64_t offset_bytes, std::size_t most_bytes) {
    if (compression == Compression::zstd) return measure_zstd_frame(file, offset_bytes, most_bytes);
    if (compression == Compression::gzip) return measure_bgzf_member(file, offset_bytes);
    return std::nullopt;
}

/// All frames at once, straight into the block: without the window that a stream needs, and without
/// copying out of it.
std::optional<std::size_t> unpack_zstd(const SourceFile& file, const ArchivePiece& piece,
                                       MemoryBlock& block, std::size_t room) {
    const auto compressed_bytes = static_cast<std::size_t>(piece.end_bytes - piece.begin_bytes);
    block.reset(room + piece.decompressed_bytes + compressed_bytes);
    const std::span out(block.data() + room, piece.decompressed_bytes);
    const std::span compressed(out.data() + out.size(), compressed_bytes);
    if (!file.fill_from(piece.begin_bytes, compressed)) return std::nullopt;
    const std::size_t result =
        ::ZSTD_decompress(out.data(), out.size(), compressed.data(), compressed.size());
    if (::ZSTD_isError(result) != 0) return std::nullopt;
    return room + result;
}

std::optional<std::size_t> unpack_gzip(const std::shared_ptr<const SourceFile>& file,
                                       const ArchivePiece& piece, MemoryBlock& block,
                                       std::size_t room) {
    // One byte more than it should need: the member's end is only seen by asking for more.
    block.reset(room + piece.decompressed_bytes + 1);
    const std::span out(block.data() + room, piece.decompressed_bytes + 1);
    GzipStream stream(std::make_unique<FileRangeStream>(file, piece.begin_bytes, piece.end_bytes),
                      file->name());
    std::size_t length = 0;
    while (length < out.size()) {
        const std::size_t more = stream.read(out.subspan(length));
        if (more == 0) return room + length;
        length += more;
    }
    return std::nullopt;
}

}  // namespace

std::optional<ArchivePiece> find_piece(const SourceFile& file, Compression compression,
                                       std::uint64_t begin_bytes, std::size_t wanted_bytes,
                                       std::size_t most_bytes) {
    ArchivePiece piece{begin_bytes, begin_bytes, 0};
    while (piece.end_bytes < *file.size_bytes() && piece.decompressed_bytes < wanted_bytes) {
        const auto next = extent_at(file, compression, piece.end_bytes, most_bytes);
        if (!next) break;
        const std::uint64_t end_bytes = piece.end_bytes + next->compressed_bytes;
        const std::uint64_t decompressed_bytes =
            piece.decompressed_bytes + next->decompressed_bytes;
        if (std::max(end_bytes - begin_bytes, decompressed_bytes) > most_bytes) break;
        piece.end_bytes = end_bytes;
        piece.decompressed_bytes = static_cast<std::size_t>(decompressed_bytes);
    }
    if (piece.end_bytes == begin_bytes) return std::nullopt;
    return piece;
}

std::optional<std::size_t> unpack_piece(const std::shared_ptr<const SourceFile>& file,
                                        Compression compression, const ArchivePiece& piece,
                                        MemoryBlock& block, std::size_t room) {
    if (compression == Compression::zstd) return unpack_zstd(*file, piece, block, room);
    try {
        return unpack_gzip(file, piece, block, room);
    } catch (const EnvironmentError&) {
        return std::nullopt;
    }
}

}  // namespace stream_analyzer
