// --assume-timezone: where the clock stood that wrote a time without an offset.
#pragma once

#include <chrono>
#include <string_view>

#include "core/event_time.hpp"

namespace date {
class time_zone;
}

namespace stream_analyzer {

/// A fixed offset or a zone of the IANA database. Clock readings that occur twice (when summer time
/// ends) mean the earlier instant; readings that never occur (when it begins) are shifted forward
/// by the gap, as if the clock had not been put forward yet. One object a thread: it remembers the
/// last offset.
///
/// Releases of the date library that read the system's compiled zones (3.0 of Debian 12 does) see
/// transitions until 2037 only; later readings have the standard offset.
class AssumedZone {
  public:
    /// "UTC", "Z", "+02:00", "-0530", "Europe/Zurich". Throws UsageError when there is no such
    /// zone.
    explicit AssumedZone(std::string_view name);

    /// `local` is a clock reading written as if it were UTC, in the years 0000 to 10000.
    [[nodiscard]] EventTime to_utc(EventTime local) {
        if (local < constant_from_ || local >= constant_until_) look_up(local);
        return local - offset_;
    }

  private:
    /// Sets offset_ for this reading and, where it is known, the range that has the same.
    void look_up(EventTime local);

    const date::time_zone* zone_ = nullptr;  ///< nullptr: the offset is fixed
    std::chrono::seconds offset_{0};         ///< east of UTC
    EventTime constant_from_ = EventTime::min();
    EventTime constant_until_ = EventTime::max();
};

}  // namespace stream_analyzer
