// What was counted and is in memory: windows with their records, and ids or sketches.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "exact/ground_truth.hpp"
#include "pipeline/finish_windows.hpp"
#include "pipeline/window_feed.hpp"
#include "window/window_index.hpp"

namespace stream_analyzer {

class Tally {
  public:
    /// `grid`: of --window; borrowed. `exact`: ids are kept, else sketches of `specs`. `with_keys`:
    /// it will be spilled with keys, which needs less memory.
    Tally(const WindowGrid& grid, bool exact, const std::vector<SketchSpec>& specs,
          unsigned threads, bool with_keys = false);

    /// That of one thread.
    [[nodiscard]] WindowFeed& feed(unsigned thread) { return feeds_[thread]; }

    [[nodiscard]] bool empty() const { return index_.size() == 0; }

    /// Bytes in use, and those that spilling it would need besides. Thread-safe.
    [[nodiscard]] std::size_t memory_bytes() const;

    // The following when all feeds are flushed and no thread feeds.

    /// In order of time.
    [[nodiscard]] CountedWindows windows() const;
    /// Null without ground truth.
    [[nodiscard]] const GroundTruth* truth() const { return truth_ ? &*truth_ : nullptr; }
    /// Refers to this.
    [[nodiscard]] MergeSketches merge_sketches() const;

    /// Forgets everything, and gives its memory back.
    void clear();
    /// The same, but keeps memory for as many ids again, or for half of them.
    void begin_anew(bool as_many);

  private:
    void forget_windows();

    WindowIndex index_;
    std::optional<GroundTruth> truth_;
    std::deque<WindowFeed> feeds_;
    bool with_keys_;
};

}  // namespace stream_analyzer
