// Which window an event time lies in.
#pragma once

#include <date/date.h>

#include <string>

#include "core/event_time.hpp"
#include "window/window_length.hpp"

namespace date {
class time_zone;
}

namespace stream_analyzer {

/// A window's start (inclusive) and end (exclusive).
struct WindowInterval {
    WindowTime start;
    WindowTime end;

    [[nodiscard]] bool contains(EventTime time) const { return start <= time && time < end; }
    friend bool operator==(const WindowInterval&, const WindowInterval&) = default;
};

/// Tumbling windows of one length. Seconds, minutes and hours are counted in UTC; days, ISO weeks,
/// months and years begin at local midnight of the time zone (where midnight does not exist or
/// comes twice: at the first instant of the local day).
class WindowGrid {
  public:
    /// Throws UsageError when the system's time zone database has no zone of that name.
    WindowGrid(WindowLength length, const std::string& zone_name);

    [[nodiscard]] WindowInterval interval_of(EventTime time) const;
    [[nodiscard]] const WindowLength& length() const { return length_; }

    /// Throws UsageError unless every window of `this` lies within one window of `rollup`, for all
    /// time zone offsets from 1990 to 2037. (Local mean time
    /// before 1900, with its odd seconds, tiles with nothing: see tiles_at.)
    void require_to_tile(const WindowGrid& rollup) const;

    /// Whether the `rollup` window around `window` begins and ends at boundaries of this grid.
    [[nodiscard]] bool tiles_at(const WindowGrid& rollup, WindowTime window) const;

  private:
    /// The first instant of a local day.
    [[nodiscard]] WindowTime begin_of(date::local_days day) const;

    WindowLength length_;
    const date::time_zone* zone_;
};

}  // namespace stream_analyzer
