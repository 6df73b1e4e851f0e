// Sketches of windows built while counting, for runs without ground truth.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/hash64.hpp"
#include "sketch/sketch.hpp"
#include "window/window_index.hpp"

namespace stream_analyzer {

/// One thread's sketches: one of each spec for every window that it has met.
class SketchWindows {
  public:
    explicit SketchWindows(std::vector<SketchSpec> specs) : specs_(std::move(specs)) {}

    /// Adds an id to a window. Hashes are collected while they belong to the same window.
    void add(WindowNumber window, Hash64 hash) {
        if (window != block_window_ || block_.size() == kBlock) {
            flush();
            block_window_ = window;
        }
        block_.push_back(hash);
    }

    /// Enters what is collected.
    void flush();

    /// Merges the sketches of a window, if this thread has met it, into `into` (one a spec).
    void merge_into(WindowNumber window, std::span<Sketch> into) const;

  private:
    static constexpr std::size_t kBlock = 1024;

    std::vector<SketchSpec> specs_;
    std::vector<std::vector<Sketch>> windows_;  // by number; empty: not met
    WindowNumber block_window_ = 0;
    std::vector<Hash64> block_;
};

}  // namespace stream_analyzer
