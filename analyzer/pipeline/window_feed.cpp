#include "pipeline/window_feed.hpp"

namespace stream_analyzer {

WindowFeed::WindowFeed(const WindowGrid& grid, WindowIndex& index, GroundTruth* truth,
                       const std::vector<SketchSpec>& sketches)
    : truth_(truth),
      cursor_(grid, index),
      pending_(truth != nullptr ? truth->shards() : 0),
      sketches_(sketches) {}

void WindowFeed::flush() {
    for (std::size_t shard = 0; shard < pending_.size(); ++shard) {
        flush_shard(shard);
    }
    copies_.clear();
    sketches_.flush();
    memory_bytes_ = records_.size() * (sizeof(std::uint64_t) + WindowIndex::kPerCursor_bytes) +
                    sketches_.memory_bytes();
}

void WindowFeed::flush_shard(std::size_t shard) {
    if (pending_[shard].empty()) return;
    truth_->add(shard, pending_[shard]);
    pending_[shard].clear();
}

void WindowFeed::clear() {
    cursor_.forget();
    records_ = {};
    sketches_.clear();
    memory_bytes_ = 0;
}

}  // namespace stream_analyzer
