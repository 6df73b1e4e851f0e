// From counted windows to results: exact counts, sketches, roll-ups.
#pragma once

#include <atomic>
#include <functional>
#include <span>
#include <vector>

#include "exact/ground_truth.hpp"
#include "pipeline/window_jobs.hpp"
#include "sketch/sketch.hpp"
#include "window/window_grid.hpp"
#include "window/window_result.hpp"

namespace stream_analyzer {

/// Makes the results of the windows and of every roll-up. `grids`: the --window grid, then the
/// roll-ups. A roll-up is the union of the windows that begin in it.
///
/// With `truth`, sketches are built here, once a window, from its distinct ids: the state is the
/// same as if every record had been added, for less work. Without, `merge_sketches(numbers, into)`
/// merges what the workers built. Windows are spread over `threads`; the result does not depend on
/// their number. Throws Interrupted when `interrupted` (may be null) is set meanwhile.
using MergeSketches =
    std::function<void(std::span<const WindowNumber> windows, std::span<Sketch> into)>;

[[nodiscard]] WindowedCounts finish_windows(const CountedWindows& windows,
                                            std::span<const WindowGrid> grids,
                                            const std::vector<SketchSpec>& sketches,
                                            const GroundTruth* truth,
                                            const MergeSketches& merge_sketches, unsigned threads,
                                            const std::atomic<bool>* interrupted);

}  // namespace stream_analyzer
