// What a summary says of windows and resources, whatever was counted.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "pipeline/bounded_tally.hpp"
#include "pipeline/run_summary.hpp"
#include "window/window_grid.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

/// The grid of the windows, then those of the roll-ups. Throws UsageError when they do not fit.
[[nodiscard]] std::vector<WindowGrid> window_grids(const WindowLength& window,
                                                   const std::vector<WindowLength>& rollups,
                                                   const std::string& timezone);

/// Fills windows, gaps and far windows, warnings, spilled runs, time and memory. The summary's
/// files are there already. `begin`: when the run began.
void describe_run(const WindowTable& windows, std::span<const WindowGrid> grids,
                  const BoundedTally& tally, std::chrono::steady_clock::time_point begin,
                  RunSummary& summary);

}  // namespace stream_analyzer
