// Windows that are missing, and windows where none should be.
#pragma once

#include <cstddef>
#include <span>

#include "pipeline/run_summary.hpp"
#include "window/window_grid.hpp"
#include "window/window_result.hpp"

namespace stream_analyzer {

/// Indices of the first and the last window of a dump's body, of windows ordered by start.
struct DumpBody {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// The body of a dump without what is far from it. `windows`: those of the --window length, ordered
/// by start, at least one.
///
/// The body grows from the window of the median record: a neighbour joins it when the
/// emptiness between them is not longer than the body so far (or than kBodyWindows windows). What
/// stays outside is far, provided that it holds less than kFarShare of the records; a flipped bit
/// in a timestamp makes such a window. Two stretches of like weight far from each other are no
/// outliers: all is body then.
[[nodiscard]] DumpBody body_of(std::span<const WindowResult> windows, const WindowGrid& grid);

/// Fills gaps and far windows of the summary. `windows`: those of the --window length, ordered by
/// start.
void find_emptiness(std::span<const WindowResult> windows, const WindowGrid& grid,
                    RunSummary& summary);

inline constexpr int kBodyWindows = 60;
inline constexpr double kFarShare = 0.01;

}  // namespace stream_analyzer
