// From memory to a sorted run.
#pragma once

#include <atomic>
#include <span>
#include <vector>

#include "pipeline/spilled_windows.hpp"
#include "pipeline/tally.hpp"
#include "sketch/sketch_spec.hpp"
#include "store/run_writer.hpp"
#include "window/window_grid.hpp"

namespace stream_analyzer {

struct TallyWriting {
    /// The lengths to write: the --window grid, then roll-ups. A roll-up is the union of the
    /// windows that begin in it, as far as the tally has them.
    std::span<const WindowGrid> grids;
    const std::vector<SketchSpec>& sketches;
    bool with_rows = true;   ///< estimates beside each window
    bool with_keys = false;  ///< keys instead of ids, as the run's head says
    /// Windows of earlier runs, to which these are added: such a one gets no estimates, which would
    /// be made of its ids in this run alone. May be null.
    SpilledWindows* spilled = nullptr;
    unsigned threads = 1;
    const std::atomic<bool>* interrupted = nullptr;  ///< may be null
};

/// Writes the windows of the tally, which stays as it is, and returns how many of them are of the
/// first length. The blocks do not depend on the number of threads. Throws Interrupted.
[[nodiscard]] std::uint64_t write_tally(const Tally& tally, const TallyWriting& writing,
                                        RunWriter& run);

}  // namespace stream_analyzer
