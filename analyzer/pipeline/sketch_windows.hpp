// Sketches of windows built while counting, for runs without ground truth.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/hash64.hpp"
#include "sketch/id_block.hpp"
#include "sketch/sketch.hpp"
#include "window/window_index.hpp"

namespace stream_analyzer {

/// One thread's sketches: one of each spec for every window that it has met. A window of few
/// records keeps their hashes instead, which give the same state later: most windows of a sparse or
/// broken dump are such.
class SketchWindows {
  public:
    explicit SketchWindows(const std::vector<SketchSpec>& specs) : specs_(specs), block_(specs) {}

    /// Adds an id, and its hash_id, to a window. Hashes are collected while they belong to the same
    /// window; the text is not needed later.
    void add(WindowNumber window, Hash64 hash, std::string_view id) {
        if (window != block_window_ || block_.size() == IdBlock::kMost) {
            flush();
            block_window_ = window;
        }
        block_.add(hash, id);
    }

    /// Enters what is collected.
    void flush();

    /// Merges the sketches of a window, if this thread has met it, into `into` (one a spec).
    void merge_into(WindowNumber number, std::span<Sketch> into) const;

    /// Bytes in use by what flush() has entered.
    [[nodiscard]] std::size_t memory_bytes() const {
        return windows_.size() * sizeof(Window) + heap_bytes_;
    }

    /// Merges stored states, one of each spec, into the sketches of a window. Throws
    /// std::invalid_argument for states that no sketch can have.
    void merge_states(WindowNumber number, std::string_view states);

    /// Forgets all windows.
    void clear();

  private:
    /// 512 bytes: a small part of the default sketches' 11 KiB.
    static constexpr std::size_t kFewIds = 64;

    struct Window {
        std::vector<Hash64> few;  // while there are no sketches; IdBlock::append_to
        std::vector<Sketch> sketches;
    };

    [[nodiscard]] Window& window(WindowNumber number);
    void make_sketches(Window& window);
    /// Adds the ids of a window that has few.
    void feed_few(const Window& window, std::span<Sketch> into) const;

    std::vector<SketchSpec> specs_;
    std::vector<Window> windows_;  // by number
    std::size_t heap_bytes_ = 0;   // of the windows
    WindowNumber block_window_ = 0;
    IdBlock block_;
};

}  // namespace stream_analyzer
