#include "record/assumed_zone.hpp"

#include <date/tz.h>

#include <optional>
#include <stdexcept>
#include <string>

#include "core/error.hpp"
#include "record/iso8601.hpp"

namespace stream_analyzer {

namespace {

/// Keeps clear of a transition on both sides: offsets lie within a day of UTC, so readings farther
/// than two days from it are neither skipped nor repeated by it.
constexpr std::chrono::hours kNearTransition{48};

/// A zone's first and last spans reach to the ends of the calendar, which microseconds do not.
EventTime clamped(date::sys_seconds time) {
    using std::chrono::floor;
    using std::chrono::seconds;
    const auto count = time.time_since_epoch();
    if (count <= floor<seconds>(kFirstEventTime.time_since_epoch())) return EventTime::min();
    if (count >= floor<seconds>(kLastEventTime.time_since_epoch())) return EventTime::max();
    return EventTime{count};
}

}  // namespace

AssumedZone::AssumedZone(std::string_view name) {
    if (name == "UTC") return;
    if (const auto offset = parse_utc_offset(name)) {
        offset_ = *offset;
        return;
    }
    try {
        zone_ = date::locate_zone(std::string(name));
    } catch (const std::runtime_error&) {
        throw UsageError(
            "no such time zone; write UTC, an offset such as +02:00, or a name of the IANA "
            "database such as Europe/Zurich");
    }
    constant_until_ = EventTime::min();  // nothing is known yet
}

void AssumedZone::look_up(EventTime local) {
    if (zone_ == nullptr) return;
    const date::local_seconds reading{
        std::chrono::floor<std::chrono::seconds>(local.time_since_epoch())};
    const date::local_info info = zone_->get_info(reading);
    // `first` is the only offset, or the earlier of two, or the one in force before a gap.
    offset_ = info.first.offset;
    const EventTime begin = clamped(info.first.begin);
    const EventTime end = clamped(info.first.end);
    const bool from_ever = begin == EventTime::min();
    const bool until_ever = end == EventTime::max();
    constant_from_ = from_ever ? begin : begin + offset_ + kNearTransition;
    constant_until_ = until_ever ? end : end + offset_ - kNearTransition;
    // A short span, or a reading at its edge: the range is empty or does not hold the reading, and
    // the next reading is looked up again.
}

}  // namespace stream_analyzer
