// The window through which a decompressor looks at its compressed bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "input/byte_stream.hpp"

namespace stream_analyzer {

/// Where a decompressor begins in a file, between two members or frames.
struct ArchivePosition {
    std::uint64_t compressed_bytes = 0;    ///< offset in the file
    std::uint64_t decompressed_bytes = 0;  ///< what all before that offset decompresses to
};

/// A buffered stream of compressed bytes that knows its offset and can give a few bytes back.
class CompressedInput {
  public:
    /// `stream` begins at offset `begin_bytes` of the compressed file. `name` is the file's, for
    /// messages; `format` "gzip" or "zstd".
    CompressedInput(std::unique_ptr<ByteStream> stream, std::string name, std::string_view format,
                    std::uint64_t begin_bytes);

    /// The buffered bytes that are not consumed yet. Valid until the next fill().
    [[nodiscard]] std::string_view buffered() const;
    /// Reads on when nothing is buffered, up to the next multiple of the buffer's size: what a
    /// decoder makes of data that is cut short may depend on the pieces that it was given, and
    /// these must not depend on how a pipe delivers. False at the end of the stream.
    [[nodiscard]] bool fill();
    void consume(std::size_t bytes) { begin_ += bytes; }
    /// Makes the last `bytes` consumed bytes unread; at most kGiveBack_bytes.
    void give_back(std::size_t bytes) { begin_ -= bytes; }
    /// The next byte, or nothing at the end.
    [[nodiscard]] std::optional<unsigned char> next_byte();

    /// Offset of the next byte in the compressed file.
    [[nodiscard]] std::uint64_t offset_bytes() const { return offset_bytes_ + begin_; }
    [[nodiscard]] std::uint64_t disk_bytes() const { return stream_->disk_bytes(); }

    /// An error that says what is wrong at the current offset, and how many decompressed bytes came
    /// out before it.
    [[nodiscard]] EnvironmentError damage(std::string_view what,
                                          std::uint64_t decompressed_bytes) const {
        return damage_at(offset_bytes(), what, decompressed_bytes);
    }
    /// The same at another offset of the compressed file.
    [[nodiscard]] EnvironmentError damage_at(std::uint64_t offset_bytes, std::string_view what,
                                             std::uint64_t decompressed_bytes) const;

    /// What a 64-bit bit buffer may have read ahead.
    static constexpr std::size_t kGiveBack_bytes = 8;

  private:
    [[nodiscard]] bool read_some(std::size_t most_bytes);

    std::unique_ptr<ByteStream> stream_;
    std::string name_;
    std::string_view format_;
    /// kGiveBack_bytes of the past, then fresh bytes.
    std::vector<char> buffer_;
    /// Why the stream ends behind what is buffered.
    std::optional<std::string> failure_;
    std::size_t begin_ = kGiveBack_bytes;
    std::size_t end_ = kGiveBack_bytes;
    /// Offset in the file of buffer_[0]; wraps below 0 at the start, where begin_ makes it good.
    std::uint64_t offset_bytes_;
};

}  // namespace stream_analyzer
