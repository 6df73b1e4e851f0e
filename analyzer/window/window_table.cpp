#include "window/window_table.hpp"

#include <algorithm>

namespace stream_analyzer {

WindowRange ViewedWindows::range_of(std::size_t length) const {
    // Two searches, not equal_range: clang 14 cannot read the subrange of libstdc++ 12.
    const auto& windows = counts_.windows;
    const auto first = std::ranges::lower_bound(windows, length, {}, &WindowResult::length);
    const auto last = std::ranges::upper_bound(windows, length, {}, &WindowResult::length);
    return {.first = static_cast<std::size_t>(first - windows.begin()),
            .size = static_cast<std::size_t>(last - first)};
}

}  // namespace stream_analyzer
