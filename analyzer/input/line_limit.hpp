// The first lines of a chunk.
#pragma once

#include <cstddef>
#include <cstdint>

#include "input/chunk.hpp"

namespace stream_analyzer {

struct LimitedLines {
    std::uint64_t lines = 0;
    std::size_t bytes = 0;  ///< the part of chunk.bytes that holds them
};

/// The first `limit` lines of a complete chunk, or all when it has fewer. An overlong line is one.
[[nodiscard]] LimitedLines limit_lines(const Chunk& chunk, std::uint64_t limit);

}  // namespace stream_analyzer
