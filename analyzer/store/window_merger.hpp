// The result of a window that lies in several runs.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "sketch/id_block.hpp"
#include "sketch/sketch.hpp"
#include "store/run_merge.hpp"
#include "store/window_coder.hpp"
#include "window/window_result.hpp"

namespace stream_analyzer {

/// Makes results of merged windows, one after the other. A window that is in one run alone keeps
/// the row that it got when the run was written, if it got one; of another the ids are united and
/// the sketches built anew.
class WindowMerger {
  public:
    /// `head`: of the runs. `interrupted` may be null.
    WindowMerger(const RunHead& head, std::uint64_t hash_seed,
                 const std::atomic<bool>* interrupted);

    /// The result of the window at which `runs` stands; valid until the next call. Its ids or
    /// states go to `copy` too, if that is not null, and with `copy_row` its estimates. Throws
    /// Interrupted, within a window too: one may have more ids than fit in memory.
    [[nodiscard]] const WindowResult& merge(RunMerge& runs, WindowCoder* copy, bool copy_row);

  private:
    void unite_ids(RunMerge& runs, WindowCoder* copy);
    void unite_keys(RunMerge& runs, WindowCoder* copy);
    static void copy_keys(std::span<KeyedId> ids, WindowCoder& copy);
    void unite_states(RunMerge& runs, WindowCoder* copy);
    void set_result(const RunMerge& runs, const WindowTotals& totals);
    void flush();

    bool exact_;
    std::optional<PlaceKeys> keys_;
    std::uint64_t hash_seed_;
    const std::atomic<bool>* interrupted_;
    std::vector<Sketch> sketches_;
    IdBlock block_;
    std::vector<Hash64> hashes_;  // of keys
    WindowResult result_;
    bool has_row_ = false;
};

}  // namespace stream_analyzer
