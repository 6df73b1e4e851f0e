#include "pipeline/held_chunk.hpp"

#include <algorithm>
#include <utility>

namespace stream_analyzer {

bool HeldChunk::take_next(InputSequence& input) {
    copy_ = {};
    copy_is_damaged_ = false;
    return input.next(buffer, chunk);
}

void HeldChunk::settle() {
    std::vector<char> copy;
    if (!chunk.bytes.empty()) {
        copy.resize(chunk.bytes.size() + kChunkPadding_bytes);
        std::ranges::copy(chunk.bytes, copy.begin());
        chunk.bytes = {copy.data(), chunk.bytes.size()};
    }
    copy_is_damaged_ = damaged();
    copy_ = std::move(copy);
    buffer = ChunkBuffer{};
}

}  // namespace stream_analyzer
