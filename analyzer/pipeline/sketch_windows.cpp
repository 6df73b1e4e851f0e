#include "pipeline/sketch_windows.hpp"

namespace stream_analyzer {

void SketchWindows::flush() {
    if (block_.empty()) return;
    if (block_window_ >= windows_.size()) windows_.resize(block_window_ + std::size_t{1});
    Window& window = windows_[block_window_];
    if (window.sketches.empty() && window.few.size() + block_.size() <= kFewHashes) {
        window.few.insert(window.few.end(), block_.begin(), block_.end());
        block_.clear();
        return;
    }
    if (window.sketches.empty()) {
        window.sketches = std::vector<Sketch>(specs_.begin(), specs_.end());
        block_.insert(block_.end(), window.few.begin(), window.few.end());
        window.few = {};
    }
    for (Sketch& sketch : window.sketches) {
        sketch.add_all(block_);
    }
    block_.clear();
}

void SketchWindows::merge_into(WindowNumber number, std::span<Sketch> into) const {
    if (number >= windows_.size()) return;
    const Window& window = windows_[number];
    for (std::size_t i = 0; i < into.size(); ++i) {
        into[i].add_all(window.few);
        if (!window.sketches.empty()) into[i].merge(window.sketches[i]);
    }
}

}  // namespace stream_analyzer
