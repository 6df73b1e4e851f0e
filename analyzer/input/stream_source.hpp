// An input whose bytes come one after the other, cut into chunks at line feeds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "input/byte_stream.hpp"
#include "input/chunk_source.hpp"
#include "input/line_joiner.hpp"
#include "input/source_status.hpp"

namespace stream_analyzer {

/// Serves a pipe, a device or a compressed file. claim() reads (and decompresses) into the worker's
/// own buffer: one worker does that while the others scan.
///
/// When the stream fails, what came before is handed out, an unfinished last line included, as at
/// the end of a file.
class StreamSource : public ChunkSource {
  public:
    /// Chunks have about `chunk_bytes`, more when one line is longer. `lines` may hold what came
    /// before the stream's first byte.
    StreamSource(std::unique_ptr<ByteStream> stream, std::shared_ptr<SourceStatus> status,
                 std::size_t chunk_bytes, LineJoiner lines)
        : stream_(std::move(stream)),
          status_(std::move(status)),
          chunk_bytes_(chunk_bytes),
          lines_(std::move(lines)) {}
    ~StreamSource() override;

    void claim(ChunkBuffer& buffer, Chunk& chunk) override;
    void load(ChunkBuffer& /*buffer*/, Chunk& /*chunk*/) override {}
    [[nodiscard]] std::uint64_t claimed_disk_bytes() const override {
        return stream_->disk_bytes();
    }

  private:
    [[nodiscard]] std::size_t read_piece(MemoryBlock& block, std::size_t begin);

    std::unique_ptr<ByteStream> stream_;
    std::shared_ptr<SourceStatus> status_;
    std::size_t chunk_bytes_;
    LineJoiner lines_;
    bool ended_ = false;
};

}  // namespace stream_analyzer
