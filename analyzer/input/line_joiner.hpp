// Whole lines from a text that arrives in pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "input/chunk.hpp"
#include "input/memory_block.hpp"
#include "input/source_status.hpp"

namespace stream_analyzer {

/// Makes chunks of whole lines of a source's pieces, given in order. The unfinished line at a
/// piece's end is kept for the next. A byte order mark at the start is skipped. What is handed out
/// is told to the status.
class LineJoiner {
  public:
    /// A line that is longer than `longest_line_bytes` (without its line feed) before its end is in
    /// sight is not held: only its beginning and its length are.
    LineJoiner(std::shared_ptr<SourceStatus> status, std::size_t longest_line_bytes)
        : status_(std::move(status)), longest_line_bytes_(longest_line_bytes) {}

    [[nodiscard]] std::size_t longest_line_bytes() const { return longest_line_bytes_; }
    /// What is kept for the next piece. So many free bytes before that spare copying it.
    [[nodiscard]] std::size_t kept_bytes() const { return kept_.size(); }
    /// Bytes of all pieces so far.
    [[nodiscard]] std::uint64_t received_bytes() const { return received_bytes_; }

    /// Takes the piece in [begin, end) of the block, and fills in the chunk, whose bytes stand in
    /// the block then. They are empty when no line ends in the piece. `last` says that nothing
    /// follows: an unfinished line is handed out too. When the chunk is not marked as the source's
    /// last all the same, an empty piece has to be given once more.
    void join(MemoryBlock& block, std::size_t begin, std::size_t end, bool last, Chunk& chunk);

  private:
    struct Piece {
        MemoryBlock& block;
        std::size_t begin;
        std::size_t end;

        [[nodiscard]] std::string_view text() const { return {block.data() + begin, end - begin}; }
    };

    void prepend_kept(Piece& piece);
    void skip_mark(Piece& piece, Chunk& chunk);
    void keep(std::string_view text);
    void skip_line(const Piece& piece, bool last, Chunk& chunk);

    std::shared_ptr<SourceStatus> status_;
    std::size_t longest_line_bytes_;
    /// Received, but not handed out. While an overlong line is skipped: its beginning.
    std::string kept_;
    bool kept_has_line_feeds_ = false;
    /// Not 0 while an overlong line is skipped: its length so far.
    std::uint64_t overlong_bytes_ = 0;
    /// Offset of the first byte that is not handed out.
    std::uint64_t offset_bytes_ = 0;
    std::uint64_t received_bytes_ = 0;
    bool started_ = false;
};

}  // namespace stream_analyzer
