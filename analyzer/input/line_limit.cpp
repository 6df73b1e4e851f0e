#include "input/line_limit.hpp"

#include <algorithm>
#include <string_view>

namespace stream_analyzer {

LimitedLines limit_lines(const Chunk& chunk, std::uint64_t limit) {
    if (chunk.overlong_line_bytes != 0) return {1, chunk.bytes.size()};
    LimitedLines limited;
    while (limited.lines < limit && limited.bytes < chunk.bytes.size()) {
        const std::size_t line_feed = chunk.bytes.find('\n', limited.bytes);
        limited.bytes = std::min(line_feed, chunk.bytes.size() - 1) + 1;
        ++limited.lines;
    }
    return limited;
}

}  // namespace stream_analyzer
