// A chunk that waits: taken from the input for the probe, still to be counted.
#pragma once

#include <vector>

#include "input/chunk.hpp"
#include "input/chunk_buffer.hpp"
#include "input/input_sequence.hpp"

namespace stream_analyzer {

struct HeldChunk {
    ChunkBuffer buffer;
    Chunk chunk;

    /// InputSequence::next into it. False when there is none left.
    [[nodiscard]] bool take_next(InputSequence& input);

    /// Copies the chunk's bytes, no more than they need, and lets go of buffer and file: however
    /// small the chunks, of those that wait no file, mapping or block stays open.
    void settle();

    /// As ChunkBuffer::damaged(), for a settled chunk too.
    [[nodiscard]] bool damaged() { return copy_is_damaged_ || buffer.damaged(); }

  private:
    std::vector<char> copy_;
    bool copy_is_damaged_ = false;
};

}  // namespace stream_analyzer
