// The runs that were spilled, and their merge.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/id_twins.hpp"
#include "store/run_head.hpp"
#include "store/run_ids_merge.hpp"
#include "store/run_merge.hpp"
#include "store/run_places.hpp"
#include "store/run_writer.hpp"
#include "store/spill_file.hpp"
#include "window/window_result.hpp"

namespace stream_analyzer {

/// Runs that a merge reads at once: see RunStack::merge_bytes().
inline constexpr std::size_t kMergeFanIn = 64;

/// Runs in temporary files. No memory of it grows with what they hold: runs are read as streams,
/// and when there are kMergeFanIn of a tier they become one of the next. Runs with keys have their
/// ids besides, which are merged ahead of the windows: see twins_of().
class RunStack {
  public:
    /// `head`: of every run; its windows have rows. `folder`: where the files are.
    /// `interrupted` (may be null): when it is set, merging throws Interrupted.
    RunStack(std::string folder, RunHead head, std::uint64_t hash_seed,
             const std::atomic<bool>* interrupted);

    [[nodiscard]] bool empty() const { return runs_ == 0; }
    [[nodiscard]] const RunHead& head() const { return head_; }
    /// Runs that were pushed, and the bytes of them and their merges that were written.
    [[nodiscard]] std::uint64_t runs() const { return runs_; }
    [[nodiscard]] std::uint64_t written_bytes() const { return written_bytes_; }

    /// Writes the windows of a run, ordered by key; returns how many of them are of the first
    /// length.
    using WriteWindows = std::function<std::uint64_t(RunWriter&)>;
    void push(const WriteWindows& write);

    /// Nothing is pushed any more: merges the smallest runs until there are at most kMergeFanIn.
    void close();

    // The following when the stack is closed.

    /// Bytes that one merge() may hold.
    [[nodiscard]] std::uint64_t merge_bytes() const;
    /// All windows in at most `most` ranges, to be merged side by side; those of the first length
    /// in one alone, the first, if they are to be saved.
    [[nodiscard]] std::vector<KeyRange> ranges(std::size_t most, bool saves) const;
    /// Of runs with keys: which ids of a shard share their hash. Thread-safe.
    [[nodiscard]] IdTwins twins_of(std::uint32_t shard) const;
    /// Takes a final window.
    using TakeWindow = std::function<void(const WindowResult&)>;
    /// Merges the windows of a range in their order. Those of the first length go to `save` too, if
    /// it is not null. `twins`: of all shards, sorted; none of runs without keys. Thread-safe.
    void merge(const KeyRange& range, const TakeWindow& take, WindowCoder* save,
               const IdTwins& twins = {}) const;

  private:
    struct Run {
        std::shared_ptr<const SpillFile> file;
        RunPlaces places;  // of at least one window
        std::vector<std::optional<BlockPlace>> shard_places;
    };

    [[nodiscard]] RunMerge merge_of(std::span<const Run> runs, const KeyRange& range,
                                    const IdTwins& twins) const;
    [[nodiscard]] RunIdsMerge ids_of(std::span<const Run> runs, std::uint32_t shard) const;
    [[nodiscard]] IdTwins merge_ids(std::span<const Run> runs, RunWriter& into) const;

    void push_to(std::size_t tier, const WriteWindows& write);
    [[nodiscard]] std::uint64_t merge_into(std::span<const Run> runs, RunWriter& into) const;

    std::string folder_;
    RunHead head_;
    std::uint64_t hash_seed_;
    const std::atomic<bool>* interrupted_;
    std::vector<std::vector<Run>> tiers_;
    std::vector<Run> closed_;
    std::uint64_t runs_ = 0;
    std::uint64_t written_bytes_ = 0;
};

}  // namespace stream_analyzer
