// Numbers for windows: 0, 1, 2, ... in order of first sight.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "core/event_time.hpp"
#include "core/hash64.hpp"
#include "window/window_grid.hpp"

namespace stream_analyzer {

/// A window's number depends on timing and never leaves memory.
using WindowNumber = std::uint32_t;

struct HashWindowTime {
    std::size_t operator()(WindowTime time) const noexcept {
        return mix64(static_cast<std::uint64_t>(time.time_since_epoch().count()));
    }
};

using WindowNumbers = std::unordered_map<WindowTime, WindowNumber, HashWindowTime>;

/// Shared by all threads.
class WindowIndex {
  public:
    /// Thread-safe.
    [[nodiscard]] WindowNumber number_of(WindowTime start);

    /// Thread-safe.
    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return starts_.size();
    }

    /// starts()[number] is the start of that window. Not beside number_of().
    [[nodiscard]] const std::vector<WindowTime>& starts() const { return starts_; }

    /// Forgets all windows; cursors must forget theirs too. Not beside number_of().
    void clear() {
        numbers_ = {};
        starts_ = {};
    }

    /// Memory of a window here, and in each cursor that has met it: a node of the table with its
    /// link and bucket, and here the start.
    static constexpr std::size_t kPerWindow_bytes = 56;
    static constexpr std::size_t kPerCursor_bytes = 48;

  private:
    mutable std::mutex mutex_;
    WindowNumbers numbers_;
    std::vector<WindowTime> starts_;
};

/// Looks windows up for one thread: neighbouring records mostly lie in the same window or the one
/// beside it, so the last two are at hand, and all that the thread has met need no lock.
class WindowCursor {
  public:
    WindowCursor(const WindowGrid& grid, WindowIndex& index) : grid_(grid), index_(index) {}

    [[nodiscard]] WindowNumber number_of(EventTime time) {
        if (recent_[0].interval.contains(time)) return recent_[0].number;
        if (recent_[1].interval.contains(time)) {
            std::swap(recent_[0], recent_[1]);
            return recent_[0].number;
        }
        return look_up(time);
    }

    /// For after WindowIndex::clear.
    void forget() {
        recent_ = {};
        known_ = {};
    }

  private:
    struct Recent {
        WindowInterval interval{};  // empty: contains nothing
        WindowNumber number = 0;
    };

    WindowNumber look_up(EventTime time);

    const WindowGrid& grid_;
    WindowIndex& index_;
    std::array<Recent, 2> recent_;
    WindowNumbers known_;
};

}  // namespace stream_analyzer
