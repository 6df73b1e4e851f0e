// Where a worker's current chunk lives.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "input/mapped_chunk.hpp"
#include "input/memory_block.hpp"

namespace stream_analyzer {

/// The memory behind one chunk: a block that is used again, or a stretch of a mapped file. Every
/// worker has its own; it is given to InputSequence::next again and again. Not thread-safe.
class ChunkBuffer {
  public:
    /// To be asked when the chunk has been scanned, before its results are used: whether its bytes
    /// may have become void while they were read, since the file was cut short or its device
    /// failed. The source's report has the error then.
    [[nodiscard]] bool damaged() { return mapped_ && mapped_->is_damaged(); }

    /// Ends the use of the current chunk: a mapped stretch is unmapped. `next` does it too.
    void release() { mapped_.reset(); }

    /// For sources.
    [[nodiscard]] MemoryBlock& block() { return block_; }
    void hold(MappedChunk chunk) { mapped_.emplace(std::move(chunk)); }

  private:
    MemoryBlock block_;
    std::optional<MappedChunk> mapped_;
};

}  // namespace stream_analyzer
