#include "input/stream_source.hpp"

#include <span>

#include "core/error.hpp"

namespace stream_analyzer {

StreamSource::~StreamSource() {
    status_->set_disk_bytes(stream_->disk_bytes());
}

/// Fills the block from `begin` on with the next chunk_bytes_, fewer when the stream ends or fails.
/// Returns where they end.
std::size_t StreamSource::read_piece(MemoryBlock& block, std::size_t begin) {
    const std::size_t target = begin + chunk_bytes_;
    block.reset(target);
    std::size_t end = begin;
    try {
        while (!ended_ && end < target) {
            const std::size_t length = stream_->read(std::span(block.data() + end, target - end));
            end += length;
            ended_ = length == 0;
        }
    } catch (const EnvironmentError& error) {
        ended_ = true;
        status_->fail(lines_.received_bytes() + (end - begin), error.what());
    }
    return end;
}

void StreamSource::claim(ChunkBuffer& buffer, Chunk& chunk) {
    MemoryBlock& block = buffer.block();
    do {
        // Of a line that grows and grows the block need not hold all: it is copied once, at its
        // end.
        const std::size_t begin = lines_.kept_bytes() <= chunk_bytes_ ? lines_.kept_bytes() : 0;
        const std::size_t end = read_piece(block, begin);
        lines_.join(block, begin, end, ended_, chunk);
    } while (chunk.bytes.empty() && chunk.overlong_line_bytes == 0 && !chunk.last_of_source);
}

}  // namespace stream_analyzer
