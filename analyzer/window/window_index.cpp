#include "window/window_index.hpp"

#include <limits>
#include <stdexcept>

namespace stream_analyzer {

WindowNumber WindowIndex::number_of(WindowTime start) {
    const std::lock_guard lock(mutex_);
    const auto [entry, is_new] =
        numbers_.try_emplace(start, static_cast<WindowNumber>(starts_.size()));
    if (is_new) {
        if (starts_.size() >= std::numeric_limits<WindowNumber>::max()) {
            throw std::length_error("more windows than can be numbered");
        }
        starts_.push_back(start);
    }
    return entry->second;
}

WindowNumber WindowCursor::look_up(EventTime time) {
    const WindowInterval interval = grid_.interval_of(time);
    auto known = known_.find(interval.start);
    if (known == known_.end()) {
        known = known_.emplace(interval.start, index_.number_of(interval.start)).first;
    }
    recent_[1] = recent_[0];
    recent_[0] = {interval, known->second};
    return known->second;
}

}  // namespace stream_analyzer
