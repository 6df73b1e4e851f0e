// Windows of all lengths, each as a run of the counted ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "window/window_grid.hpp"
#include "window/window_index.hpp"

namespace stream_analyzer {

/// Counted windows of the --window length, in order of time.
struct CountedWindows {
    std::vector<WindowTime> starts;      ///< ascending
    std::vector<WindowNumber> numbers;   ///< parallel to starts
    std::vector<std::uint64_t> records;  ///< parallel to starts
};

/// A window of any length: the union of the counted windows that begin in it.
struct WindowJob {
    std::size_t length = 0;  ///< index into the grids
    WindowTime start;
    std::size_t first = 0;  ///< index into CountedWindows
    std::size_t last = 0;   ///< behind the last
};

/// Ordered by length, then start. `grids`: that of the counted windows, then those of roll-ups.
[[nodiscard]] std::vector<WindowJob> window_jobs(const CountedWindows& windows,
                                                 std::span<const WindowGrid> grids);

}  // namespace stream_analyzer
