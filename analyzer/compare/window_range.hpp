// The windows of one length: a run of WindowedCounts::windows.
#pragma once

#include <algorithm>
#include <cstddef>

#include "window/window_result.hpp"

namespace stream_analyzer {

/// Indexes first .. first + size - 1 of WindowedCounts::windows.
struct WindowRange {
    std::size_t first = 0;
    std::size_t size = 0;
};

/// The windows of a length (an index into counts.lengths). O(log windows): they are ordered by it.
[[nodiscard]] inline WindowRange windows_of_length(const WindowedCounts& counts,
                                                   std::size_t length) {
    // Two searches, not equal_range: clang 14 cannot read the subrange of libstdc++ 12.
    const auto first = std::ranges::lower_bound(counts.windows, length, {}, &WindowResult::length);
    const auto last = std::ranges::upper_bound(counts.windows, length, {}, &WindowResult::length);
    return {.first = static_cast<std::size_t>(first - counts.windows.begin()),
            .size = static_cast<std::size_t>(last - first)};
}

}  // namespace stream_analyzer
