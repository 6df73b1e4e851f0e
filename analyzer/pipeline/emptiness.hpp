// Windows that are missing, and windows where none should be.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "pipeline/run_summary.hpp"
#include "window/window_grid.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

/// Indices of the first and the last window of a dump's body, of windows ordered by start.
struct DumpBody {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// The body of a dump without what is far from it, from the windows of the first length, that of
/// --window; there must be one.
///
/// The body grows from the window of the median record: a neighbour joins it when the
/// emptiness between them is not longer than the body so far (or than kBodyWindows windows). What
/// stays outside is far, provided that it holds less than kFarShare of the records; a flipped bit
/// in a timestamp makes such a window. Two stretches of like weight far from each other are no
/// outliers: all is body then.
[[nodiscard]] DumpBody body_of(const WindowTable& windows, const WindowGrid& grid);

/// Fills gaps, far windows and the ends of the body of the summary from the windows of the first
/// length.
void find_emptiness(const WindowTable& windows, const WindowGrid& grid, RunSummary& summary);

/// Indices of the windows that may be incomplete. The dump may have begun within its first window
/// and ended within its last; and its body likewise, when a broken time stands far before or behind
/// it. `grid`: of the first length.
[[nodiscard]] std::vector<std::size_t> incomplete_windows(const WindowTable& windows,
                                                          const WindowGrid& grid);

inline constexpr int kBodyWindows = 60;
inline constexpr double kFarShare = 0.01;

}  // namespace stream_analyzer
