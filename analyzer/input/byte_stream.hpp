// Bytes that come one after the other: a pipe, or what a decompressor makes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace stream_analyzer {

class ByteStream {
  public:
    ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;
    virtual ~ByteStream() = default;

    /// Writes at least one byte to the front of `out` and returns how many; 0 at the end, which is
    /// final. `out` must not be empty. Throws EnvironmentError when reading fails or the data is
    /// damaged or cut short; every byte before the damage has been returned by then.
    [[nodiscard]] virtual std::size_t read(std::span<char> out) = 0;

    /// Bytes taken from the file or pipe underneath so far.
    [[nodiscard]] virtual std::uint64_t disk_bytes() const = 0;
};

}  // namespace stream_analyzer
