#include "pipeline/window_feed.hpp"

#include <algorithm>

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
    // The first piece serves again, unless it is that of a giant.
    while (copies_.size() > 1)
        copies_.pop_back();
    if (!copies_.empty() && copies_.front().capacity() > 2 * kCopies_bytes) copies_.clear();
    if (!copies_.empty()) copies_.front().clear();
    sketches_.flush();
    memory_bytes_ = records_.size() * (sizeof(std::uint64_t) + WindowIndex::kPerCursor_bytes) +
                    sketches_.memory_bytes();
}

std::string_view WindowFeed::copy_of(std::string_view id) {
    if (copies_.empty() || copies_.back().size() + id.size() > copies_.back().capacity()) {
        copies_.emplace_back().reserve(std::max(kCopies_bytes, id.size()));
    }
    std::string& text = copies_.back();
    text.append(id);
    return std::string_view(text).substr(text.size() - id.size());
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
