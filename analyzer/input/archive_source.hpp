// A compressed file of many frames or members, decompressed by several threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "input/archive_pieces.hpp"
#include "input/chunk_source.hpp"
#include "input/compression.hpp"
#include "input/line_joiner.hpp"
#include "input/source_file.hpp"
#include "input/source_status.hpp"
#include "input/stream_source.hpp"

namespace stream_analyzer {

/// Serves a seekable gzip or zstd file. claim() finds the next piece, load() decompresses it and
/// waits for its turn to join its lines to those of the piece before.
///
/// From the first piece on that is none, or does not decompress as it promised, the rest of the
/// file is decompressed in order: so what is delivered, and the error if there is one, are those of
/// a single stream. Where no piece begins the file, as in most, that is all of it.
class ArchiveSource : public ChunkSource {
  public:
    /// `compression` is gzip or zstd. Chunks have about `chunk_bytes`, more when a frame or line is
    /// longer.
    ArchiveSource(std::shared_ptr<const SourceFile> file, std::shared_ptr<SourceStatus> status,
                  Compression compression, std::size_t chunk_bytes, LineJoiner lines);
    ~ArchiveSource() override;

    void claim(ChunkBuffer& buffer, Chunk& chunk) override;
    void load(ChunkBuffer& buffer, Chunk& chunk) override;
    [[nodiscard]] std::uint64_t claimed_disk_bytes() const override {
        return rest_ ? rest_->claimed_disk_bytes() : next_bytes_;
    }

  private:
    [[nodiscard]] bool claim_piece(Chunk& chunk);
    void begin_rest();
    [[nodiscard]] std::optional<ArchivePiece> piece_of(const Chunk& chunk);
    void wait_for_turn(std::uint64_t begin_bytes);
    void join(const ArchivePiece& piece, std::optional<std::size_t> end, MemoryBlock& block,
              Chunk& chunk);

    std::shared_ptr<const SourceFile> file_;
    std::shared_ptr<SourceStatus> status_;
    Compression compression_;
    std::size_t chunk_bytes_;
    std::size_t largest_piece_bytes_;
    /// Used by who has the turn.
    LineJoiner lines_;

    // Used by claim(), one thread at a time.
    std::uint64_t next_bytes_ = 0;        ///< compressed offset behind the last piece
    std::unique_ptr<StreamSource> rest_;  ///< when pieces are over

    /// Compressed offset of the first piece that could not be used.
    std::atomic<std::uint64_t> stopped_at_bytes_;

    std::mutex mutex_;
    std::condition_variable turn_changed_;
    // Guarded by mutex_.
    std::map<std::uint64_t, ArchivePiece> claimed_;  ///< not loaded yet, by their begin
    std::uint64_t turn_bytes_ = 0;                   ///< begin of the piece whose turn it is
};

}  // namespace stream_analyzer
