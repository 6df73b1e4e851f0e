#include "input/archive_source.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "input/decompressor.hpp"
#include "input/file_range_stream.hpp"

namespace stream_analyzer {

namespace {

/// Free bytes before a piece for the unfinished line of the piece before; a longer one is copied
/// together with the piece. Several lines of the usual 2 KiB.
constexpr std::size_t kRoom_bytes = std::size_t{64} << 10U;

/// Larger frames and members are not pieces: each thread would hold one in memory. As large as
/// frames of pzstd get at its levels up to 19 (four windows of 8 MiB). Nor are those that could
/// hold lines which are too long to be held.
constexpr std::size_t kLargestPiece_bytes = std::size_t{32} << 20U;

constexpr std::uint64_t kNowhere = std::numeric_limits<std::uint64_t>::max();

}  // namespace

ArchiveSource::ArchiveSource(std::shared_ptr<const SourceFile> file,
                             std::shared_ptr<SourceStatus> status, Compression compression,
                             std::size_t chunk_bytes, LineJoiner lines)
    : file_(std::move(file)),
      status_(std::move(status)),
      compression_(compression),
      chunk_bytes_(chunk_bytes),
      largest_piece_bytes_(std::min(kLargestPiece_bytes, lines.longest_line_bytes())),
      lines_(std::move(lines)),
      stopped_at_bytes_(kNowhere) {}

ArchiveSource::~ArchiveSource() {
    // The rest, if there is one, tells it later.
    status_->set_disk_bytes(next_bytes_);
}

void ArchiveSource::claim(ChunkBuffer& buffer, Chunk& chunk) {
    if (!rest_ && claim_piece(chunk)) return;
    if (!rest_) begin_rest();
    rest_->claim(buffer, chunk);
}

/// False when pieces are over.
bool ArchiveSource::claim_piece(Chunk& chunk) {
    if (stopped_at_bytes_ != kNowhere) return false;
    const auto piece =
        find_piece(*file_, compression_, next_bytes_, chunk_bytes_, largest_piece_bytes_);
    if (!piece) return false;
    // Until the chunk is loaded, its offset is that of its piece.
    chunk.offset_bytes = piece->begin_bytes;
    next_bytes_ = piece->end_bytes;
    const std::lock_guard lock(mutex_);
    claimed_.emplace(piece->begin_bytes, *piece);
    return true;
}

/// At the file's end too: the rest is empty then, and hands out the unfinished line.
void ArchiveSource::begin_rest() {
    wait_for_turn(next_bytes_);  // until all pieces are joined
    ArchivePosition begin{next_bytes_, lines_.received_bytes()};
    if (stopped_at_bytes_ != kNowhere) begin.compressed_bytes = stopped_at_bytes_;
    auto stream =
        std::make_unique<FileRangeStream>(file_, begin.compressed_bytes, *file_->size_bytes());
    rest_ = std::make_unique<StreamSource>(
        make_decompressor(compression_, std::move(stream), file_->name(), begin), status_,
        chunk_bytes_, std::move(lines_));
}

void ArchiveSource::load(ChunkBuffer& buffer, Chunk& chunk) {
    const std::optional<ArchivePiece> piece = piece_of(chunk);
    if (!piece) return;  // a chunk of the rest is complete
    std::optional<std::size_t> end;
    try {
        end = unpack_piece(file_, compression_, *piece, buffer.block(), kRoom_bytes);
    } catch (...) {
        join(*piece, std::nullopt, buffer.block(), chunk);  // or others would wait for ever
        throw;
    }
    join(*piece, end, buffer.block(), chunk);
}

/// Chunks of the rest are handed out when no piece is left: no offset is taken for a piece's.
std::optional<ArchivePiece> ArchiveSource::piece_of(const Chunk& chunk) {
    const std::lock_guard lock(mutex_);
    const auto found = claimed_.extract(chunk.offset_bytes);
    if (found.empty()) return std::nullopt;
    return found.mapped();
}

/// Waits for threads that are decompressing, never for one that waits for a lock of this one's.
void ArchiveSource::wait_for_turn(std::uint64_t begin_bytes) {
    std::unique_lock lock(mutex_);
    turn_changed_.wait(lock, [&] { return turn_bytes_ == begin_bytes; });
}

void ArchiveSource::join(const ArchivePiece& piece, std::optional<std::size_t> end,
                         MemoryBlock& block, Chunk& chunk) {
    wait_for_turn(piece.begin_bytes);
    chunk.offset_bytes = lines_.received_bytes();
    if (stopped_at_bytes_ == kNowhere) {
        if (end) {
            lines_.join(block, kRoom_bytes, *end, false, chunk);
        } else {
            stopped_at_bytes_ = piece.begin_bytes;
        }
    }
    {
        const std::lock_guard lock(mutex_);
        turn_bytes_ = piece.end_bytes;
    }
    turn_changed_.notify_all();
}

}  // namespace stream_analyzer
