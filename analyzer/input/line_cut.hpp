// Which lines belong to which share of a file: the partition that lets threads work side by side.
#pragma once

#include <cstddef>
#include <cstdint>

#include "input/range_text.hpp"

namespace stream_analyzer {

/// A file cut into shares of equal size; the last may be shorter.
struct Partition {
    std::uint64_t begin_bytes = 0;  ///< the first byte of the first line
    std::uint64_t end_bytes = 0;    ///< the file's length
    std::size_t share_bytes = 1;
    /// Longest line (without its line feed) that is handed out whole. At least 2 * share_bytes:
    /// then a longer line covers the share behind the one in which it starts, and that share, which
    /// has no line of its own, can hand it out.
    std::size_t longest_line_bytes = 2;
};

/// What one share hands out.
struct CutLines {
    std::uint64_t begin_bytes = 0;
    std::uint64_t end_bytes = 0;
    /// Not 0: [begin, end) is only the beginning of one line of this length, line feed included.
    std::uint64_t overlong_line_bytes = 0;
};

/// How much of an overlong line is handed out.
inline constexpr std::size_t kOverlongPrefix_bytes = 4096;

/// The lines that start in [begin, end), one of the shares of `partition`. The first share owns the
/// first line; every other looks for its first line start behind the first line feed from begin - 1
/// on, only up to its own end. The last line is followed beyond the end.
///
/// Every line is handed out by exactly one share. The work over all shares is linear in the file's
/// length, whatever the sizes of shares and lines.
[[nodiscard]] CutLines cut_lines(RangeText& text, const Partition& partition, std::uint64_t begin,
                                 std::uint64_t end);

}  // namespace stream_analyzer
