// One opened input, served chunk by chunk to several threads.
#pragma once

#include <cstdint>

#include "input/chunk.hpp"
#include "input/chunk_buffer.hpp"

namespace stream_analyzer {

/// Its last chunk has last_of_source set; claim() is not called after that. Failures do not throw:
/// they go to the source's status, and what could be read is handed out.
class ChunkSource {
  public:
    ChunkSource() = default;
    ChunkSource(const ChunkSource&) = delete;
    ChunkSource& operator=(const ChunkSource&) = delete;
    virtual ~ChunkSource() = default;

    /// Takes the next share. Called by one thread at a time, in the order of the input. Sets
    /// offset_bytes and last_of_source, and everything else when the chunk is complete by then.
    virtual void claim(ChunkBuffer& buffer, Chunk& chunk) = 0;
    /// Completes a claimed chunk; by many threads at once.
    virtual void load(ChunkBuffer& buffer, Chunk& chunk) = 0;

    /// Bytes of the file that have been claimed so far, for progress.
    [[nodiscard]] virtual std::uint64_t claimed_disk_bytes() const = 0;
};

}  // namespace stream_analyzer
