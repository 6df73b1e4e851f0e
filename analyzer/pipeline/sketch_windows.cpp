#include "pipeline/sketch_windows.hpp"

namespace stream_analyzer {

void SketchWindows::flush() {
    if (block_.empty()) return;
    Window& window = this->window(block_window_);
    const std::size_t few_ids = window.few.size() / block_.hashes_per_id();
    if (window.sketches.empty() && few_ids + block_.size() <= kFewIds) {
        heap_bytes_ -= window.few.capacity() * sizeof(Hash64);
        block_.append_to(window.few);
        heap_bytes_ += window.few.capacity() * sizeof(Hash64);
        block_.clear();
        return;
    }
    if (window.sketches.empty()) make_sketches(window);
    block_.feed(window.sketches);
    block_.clear();
}

SketchWindows::Window& SketchWindows::window(WindowNumber number) {
    if (number >= windows_.size()) windows_.resize(number + std::size_t{1});
    return windows_[number];
}

void SketchWindows::make_sketches(Window& window) {
    window.sketches = std::vector<Sketch>(specs_.begin(), specs_.end());
    feed_few(window, window.sketches);
    for (const Sketch& sketch : window.sketches) {
        heap_bytes_ += sizeof(Sketch) + sketch.memory_bytes();
    }
    heap_bytes_ -= window.few.capacity() * sizeof(Hash64);
    window.few = {};
}

void SketchWindows::merge_states(WindowNumber number, std::string_view states) {
    Window& window = this->window(number);
    if (window.sketches.empty()) make_sketches(window);
    for (Sketch& sketch : window.sketches) {
        const std::string_view state = states.substr(0, sketch.memory_bytes());
        states.remove_prefix(state.size());
        sketch.merge_state({reinterpret_cast<const std::uint8_t*>(state.data()), state.size()});
    }
}

void SketchWindows::clear() {
    windows_ = {};
    heap_bytes_ = 0;
}

void SketchWindows::merge_into(WindowNumber number, std::span<Sketch> into) const {
    if (number >= windows_.size()) return;
    const Window& window = windows_[number];
    feed_few(window, into);
    for (std::size_t i = 0; i < window.sketches.size(); ++i)
        into[i].merge(window.sketches[i]);
}

void SketchWindows::feed_few(const Window& window, std::span<Sketch> into) const {
    if (window.few.empty()) return;
    if (!block_.wants_texts()) {
        for (Sketch& sketch : into)
            sketch.add_all(window.few);
        return;
    }
    IdBlock block(specs_);
    block.add_kept(window.few);
    block.feed(into);
}

}  // namespace stream_analyzer
