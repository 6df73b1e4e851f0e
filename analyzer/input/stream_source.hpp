// An input whose bytes come one after the other, cut into chunks at line feeds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "input/byte_stream.hpp"
#include "input/chunk_source.hpp"
#include "input/source_status.hpp"

namespace stream_analyzer {

/// Serves a pipe, a device or a compressed file. claim() reads (and decompresses) into the worker's
/// own buffer: one worker does that while the others scan. The unfinished line at the end is kept
/// for the next chunk.
///
/// When the stream fails, what came before is handed out, an unfinished last line included, as at
/// the end of a file.
class StreamSource : public ChunkSource {
  public:
    /// Chunks have about `chunk_bytes`, more when one line is longer. A line of more than
    /// `longest_line_bytes` (without its line feed) is skipped while streaming past it.
    StreamSource(std::unique_ptr<ByteStream> stream, std::shared_ptr<SourceStatus> status,
                 std::size_t chunk_bytes, std::size_t longest_line_bytes);
    ~StreamSource() override;

    void claim(ChunkBuffer& buffer, Chunk& chunk) override;
    void load(ChunkBuffer& /*buffer*/, Chunk& /*chunk*/) const override {}
    [[nodiscard]] std::uint64_t claimed_disk_bytes() const override {
        return stream_->disk_bytes();
    }

  private:
    struct Filled {
        std::size_t begin_bytes = 0;  ///< of the first line in the block
        std::size_t end_bytes = 0;
    };

    Filled begin_chunk(MemoryBlock& block);
    void read_some(MemoryBlock& block, std::size_t& end_bytes, std::size_t wanted_bytes);
    void skip_line(MemoryBlock& block, const Filled& filled, Chunk& chunk);
    void hand_out(MemoryBlock& block, const Filled& filled, std::size_t cut, Chunk& chunk);

    std::unique_ptr<ByteStream> stream_;
    std::shared_ptr<SourceStatus> status_;
    std::size_t chunk_bytes_;
    std::size_t longest_line_bytes_;
    /// Read, but not handed out yet.
    std::string carry_;
    /// Offset of the first byte that is not handed out.
    std::uint64_t offset_bytes_ = 0;
    bool started_ = false;
    bool ended_ = false;
};

}  // namespace stream_analyzer
