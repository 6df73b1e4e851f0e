// One thread's way into the windows: records are counted, ids handed to the ground truth.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "exact/ground_truth.hpp"
#include "pipeline/sketch_windows.hpp"
#include "window/window_index.hpp"

namespace stream_analyzer {

/// Feeds either the ground truth that all threads share or sketches of its own.
class WindowFeed {
  public:
    /// `truth` may be null (--no-exact): then the feed's own sketches are fed. All are borrowed.
    WindowFeed(const WindowGrid& grid, WindowIndex& index, GroundTruth* truth,
               const std::vector<SketchSpec>& sketches);

    /// The window of a time.
    [[nodiscard]] WindowNumber window_of(EventTime time) { return cursor_.number_of(time); }

    void count_records(WindowNumber window, std::uint64_t records) {
        if (window >= records_.size()) records_.resize(window + std::size_t{1});
        records_[window] += records;
    }

    /// Adds an id that lives until flush(); behind it kChunkPadding_bytes may be read, as behind
    /// every id in a chunk.
    void add_padded(WindowNumber window, Hash64 hash, std::string_view id) {
        if (truth_ == nullptr) {
            sketches_.add(window, hash, id);
        } else {
            add(window, hash, PackedId::from_padded(id, hash));
        }
    }
    /// Adds an id that may change when this returns.
    void add_copy(WindowNumber window, Hash64 hash, std::string_view id) {
        if (truth_ == nullptr) {
            sketches_.add(window, hash, id);
        } else {
            const bool is_long = id.size() > PackedId::kShort_bytes;
            add(window, hash, PackedId(is_long ? copy_of(id) : id, hash));
        }
    }

    /// Without ground truth: merges stored sketch states into those of a window.
    void add_states(WindowNumber window, std::string_view states) {
        sketches_.merge_states(window, states);
    }

    /// Hands over what is pending.
    void flush();

    /// Records by window number; windows that this thread has not met may be missing at the end.
    [[nodiscard]] const std::vector<std::uint64_t>& records() const { return records_; }
    [[nodiscard]] const SketchWindows& sketches() const { return sketches_; }

    /// Bytes in use at the last flush(), without the ground truth. Thread-safe.
    [[nodiscard]] std::size_t memory_bytes() const { return memory_bytes_; }

    /// Forgets all windows.
    void clear();

  private:
    // Sightings handed to a shard at once: enough to make locking cheap, few enough that all
    // shards' batches stay in the second-level cache (8 shards x 512 x 40 bytes).
    static constexpr std::size_t kBatch = 512;

    static constexpr std::size_t kCopies_bytes = std::size_t{64} << 10U;

    [[nodiscard]] std::string_view copy_of(std::string_view id);
    void add(WindowNumber window, Hash64 hash, const PackedId& id) {
        const std::size_t shard = truth_->shard_of(hash);
        pending_[shard].push_back({{hash, id}, window});
        if (pending_[shard].size() == kBatch) flush_shard(shard);
    }
    void flush_shard(std::size_t shard);

    GroundTruth* truth_;
    WindowCursor cursor_;
    std::vector<std::uint64_t> records_;
    std::vector<std::vector<Sighting>> pending_;  // by shard
    std::deque<std::string> copies_;              // ids that pending_ refers to, never moved
    SketchWindows sketches_;
    std::atomic<std::size_t> memory_bytes_{0};
};

}  // namespace stream_analyzer
