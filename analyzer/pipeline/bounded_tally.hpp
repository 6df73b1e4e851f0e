// Counting within a given memory: what does not fit is spilled, and merged at the end.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pipeline/spill_gate.hpp"
#include "pipeline/spilled_windows.hpp"
#include "pipeline/tally.hpp"
#include "pipeline/window_ids.hpp"
#include "sketch/sketch_spec.hpp"
#include "store/run_stack.hpp"
#include "store/run_writer.hpp"
#include "store/spill_file.hpp"
#include "store/stored_windows.hpp"
#include "window/window_grid.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

struct TallyPlan {
    std::span<const WindowGrid> grids;  ///< --window, then the roll-ups
    bool exact = true;
    const std::vector<SketchSpec>& sketches;
    std::uint64_t hash_seed = 0;
    unsigned threads = 1;
    std::uint64_t memory_bytes = 0;  ///< for windows and ids; more is spilled
    std::string spill_folder;
    bool saves = false;                              ///< finish_and_save() will be called
    bool keeps_ids = false;                          ///< fill() will be called after finish()
    const std::atomic<bool>* interrupted = nullptr;  ///< may be null
};

/// Whether texts of ids are wanted when all is counted. Else spilled windows have keys instead.
[[nodiscard]] bool needs_texts(const TallyPlan& plan);

/// The tally of a run of any length.
///
/// When memory is used up, everything that was counted is written as a sorted run, windows of all
/// lengths with the ids of each, and forgotten. No window is closed: at the end the runs are
/// merged, and a window that is in several is united. What the results are does not depend on it.
class BoundedTally {
  public:
    /// What `plan` refers to must outlive this.
    explicit BoundedTally(const TallyPlan& plan);

    [[nodiscard]] WindowFeed& feed(unsigned thread) { return tally_.feed(thread); }

    /// Called by every thread between two pieces of work, its feed being flushed: may spill, with
    /// all threads standing still. `done_share`: of the whole input, if that is known. Throws
    /// EnvironmentError when the disk is full.
    void between_chunks(std::optional<double> done_share);
    /// Called once by every thread when it is done or fails.
    void leave() { gate_.leave(); }

    /// The results, when all threads have left.
    [[nodiscard]] std::shared_ptr<const WindowTable> finish();
    /// After finish(), which returned `results`: the ids of the windows that `wanted` chooses.
    void fill(WindowIds& wanted, const WindowTable& results) const;
    /// The same as finish(), and the windows of the first length are stored with this head and
    /// account.
    [[nodiscard]] std::shared_ptr<const WindowTable> finish_and_save(ByteSink& sink,
                                                                     const RunHead& head,
                                                                     RunAccount account);

    /// Runs that were spilled, and bytes written for them.
    [[nodiscard]] std::uint64_t spilled_runs() const { return spilled_.runs(); }
    [[nodiscard]] std::uint64_t spilled_bytes() const { return spilled_.written_bytes(); }

  private:
    /// Writes the tally as a run. It stays as it is.
    void spill(std::optional<double> done_share);
    [[nodiscard]] std::shared_ptr<const WindowTable> finish_in_memory(RunWriter* save);
    [[nodiscard]] std::shared_ptr<const WindowTable> merge_spilled(RunWriter* save);
    [[nodiscard]] IdTwins find_twins(unsigned threads) const;
    [[nodiscard]] std::vector<std::unique_ptr<WindowRows>> merge_ranges(WindowCoder* save) const;

    TallyPlan plan_;
    Tally tally_;
    SpillGate gate_;
    RunStack spilled_;
    SpilledWindows spilled_windows_;
    std::shared_ptr<SpillFile> kept_;  // merged windows with their ids, if they were spilled
};

/// Leaves for a thread, whatever ends it.
class LeavesTally {
  public:
    explicit LeavesTally(BoundedTally& tally) : tally_(tally) {}
    LeavesTally(const LeavesTally&) = delete;
    LeavesTally& operator=(const LeavesTally&) = delete;
    ~LeavesTally() { tally_.leave(); }

  private:
    BoundedTally& tally_;
};

}  // namespace stream_analyzer
