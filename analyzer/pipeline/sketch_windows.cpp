#include "pipeline/sketch_windows.hpp"

namespace stream_analyzer {

void SketchWindows::flush() {
    if (block_.empty()) return;
    if (block_window_ >= windows_.size()) windows_.resize(block_window_ + std::size_t{1});
    std::vector<Sketch>& sketches = windows_[block_window_];
    if (sketches.empty()) sketches = std::vector<Sketch>(specs_.begin(), specs_.end());
    for (Sketch& sketch : sketches) {
        sketch.add_all(block_);
    }
    block_.clear();
}

void SketchWindows::merge_into(WindowNumber window, std::span<Sketch> into) const {
    if (window >= windows_.size() || windows_[window].empty()) return;
    for (std::size_t i = 0; i < into.size(); ++i) {
        into[i].merge(windows_[window][i]);
    }
}

}  // namespace stream_analyzer
