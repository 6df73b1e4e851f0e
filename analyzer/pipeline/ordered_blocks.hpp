// Blocks made by several threads, written in order.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <vector>

#include "store/run_writer.hpp"

namespace stream_analyzer {

/// Threads encode groups of windows, numbered 0, 1, 2, ...; the blocks go to the run in that order,
/// those of the first unfinished group at once. Thread-safe.
class OrderedBlocks {
  public:
    /// No thread gets further ahead than `most_waiting` groups.
    OrderedBlocks(RunWriter& run, std::size_t most_waiting)
        : run_(run), most_waiting_(most_waiting) {}

    /// Waits until the group may be encoded. False when `failed` is set: then it shall not be.
    [[nodiscard]] bool begin(std::size_t group, const std::atomic<bool>& failed);
    void take(std::size_t group, const CodedBlock& block);
    void finish(std::size_t group);
    /// Wakes those who wait, so that they see that another thread failed.
    void give_up();

  private:
    struct Waiting {
        std::vector<CodedBlock> blocks;
        bool is_finished = false;
    };

    void write_ready();

    RunWriter& run_;
    std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t next_ = 0;  // the first unfinished group
    std::map<std::size_t, Waiting> waiting_;
    bool given_up_ = false;
};

}  // namespace stream_analyzer
