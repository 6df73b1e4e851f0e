#include "input/ranged_source.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "input/loaded_text.hpp"
#include "input/mapped_text.hpp"

namespace stream_analyzer {

namespace {

std::uint64_t delivered_bytes(const CutLines& lines) {
    return lines.overlong_line_bytes != 0 ? lines.overlong_line_bytes
                                          : lines.end_bytes - lines.begin_bytes;
}

}  // namespace

std::uint64_t RangedSource::end_of_share(std::uint64_t begin) const {
    return std::min(partition_.end_bytes, begin + partition_.share_bytes);
}

void RangedSource::claim(ChunkBuffer& /*buffer*/, Chunk& chunk) {
    chunk.offset_bytes = next_bytes_;
    next_bytes_ = end_of_share(next_bytes_);
    chunk.last_of_source = next_bytes_ == partition_.end_bytes;
}

void RangedSource::load(ChunkBuffer& buffer, Chunk& chunk) {
    const std::uint64_t begin = chunk.offset_bytes;
    try {
        if (backend_ == IoBackend::mmap && load_mapped(buffer, chunk)) return;
        load_block(buffer, chunk);
    } catch (const EnvironmentError& error) {
        file_->status().fail(begin, error.what());
        chunk.offset_bytes = begin;
        chunk.bytes = {};
        chunk.overlong_line_bytes = 0;
    }
}

/// Fills in the chunk's lines from the share that it was claimed for.
CutLines RangedSource::cut(RangeText& text, Chunk& chunk) const {
    const std::uint64_t begin = chunk.offset_bytes;
    const CutLines lines = cut_lines(text, partition_, begin, end_of_share(begin));
    chunk.offset_bytes = lines.begin_bytes;
    chunk.overlong_line_bytes = lines.overlong_line_bytes;
    if (lines.begin_bytes < lines.end_bytes) {
        chunk.bytes = text.view(lines.begin_bytes, lines.end_bytes);
    }
    return lines;
}

/// False when mapping is refused; the chunk is as it was claimed then.
bool RangedSource::load_mapped(ChunkBuffer& buffer, Chunk& chunk) const {
    const std::uint64_t begin = chunk.offset_bytes;
    MappedText text(file_);
    CutLines lines;
    try {
        lines = cut(text, chunk);
    } catch (const MappingRefused&) {
        chunk.offset_bytes = begin;
        return false;
    }
    if (chunk.bytes.empty()) {
        // No line, or zeros where the file ended a moment ago?
        if (file_->ends_before(end_of_share(begin))) throw file_->shrank_error();
        return true;
    }
    const std::uint64_t bytes = delivered_bytes(lines);
    file_->status().add_bytes(bytes);
    buffer.hold(MappedChunk(text.release(), lines.begin_bytes, lines.end_bytes, bytes));
    // What was cut from void bytes is void.
    if (buffer.damaged()) {
        chunk.bytes = {};
        chunk.overlong_line_bytes = 0;
    }
    return true;
}

void RangedSource::load_block(ChunkBuffer& buffer, Chunk& chunk) const {
    buffer.block().reset(partition_.share_bytes);
    LoadedText text(*file_, buffer.block());
    file_->status().add_bytes(delivered_bytes(cut(text, chunk)));
}

}  // namespace stream_analyzer
