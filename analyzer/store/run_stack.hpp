// The runs that were spilled, and their merge.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "store/run_head.hpp"
#include "store/run_writer.hpp"
#include "store/spill_file.hpp"
#include "window/window_result.hpp"

namespace stream_analyzer {

/// Runs that a merge reads at once, of each a block of at most kMostBlock_bytes, stored and
/// decoded: 16 MiB in all.
inline constexpr std::size_t kMergeFanIn = 64;

/// Runs in temporary files. No memory of it grows with what they hold: runs are read as streams,
/// and when there are kMergeFanIn of a tier they become one of the next.
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

    /// Takes a final window.
    using TakeWindow = std::function<void(const WindowResult&)>;
    /// Merges all runs, window by window in order of length and start. The windows of the first
    /// length go to `save` too, if it is not null. The stack holds no run then.
    void merge(const TakeWindow& take, WindowCoder* save);

  private:
    using File = std::shared_ptr<const SpillFile>;

    void push_to(std::size_t tier, const WriteWindows& write);
    [[nodiscard]] std::uint64_t merge_into(std::span<const File> files, RunWriter& run) const;
    /// All files, the smallest runs merged until there are at most kMergeFanIn.
    [[nodiscard]] std::vector<File> take_files();

    std::string folder_;
    RunHead head_;
    std::uint64_t hash_seed_;
    const std::atomic<bool>* interrupted_;
    std::vector<std::vector<File>> tiers_;
    std::uint64_t runs_ = 0;
    std::uint64_t written_bytes_ = 0;
};

}  // namespace stream_analyzer
