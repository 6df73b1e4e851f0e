// Event times written as text: the profile of ISO 8601 that logs and databases write.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/event_time.hpp"

namespace stream_analyzer {

struct Iso8601 {
    /// The UTC time when the text has an offset, else the clock reading as if it were UTC. Floored
    /// to microseconds. May lie outside of the years 0001 to 9999: year 0000 can be written, and an
    /// offset or a leap second can lead out.
    EventTime time{};
    bool has_offset = false;
};

/// YYYY-MM-DD, 'T' or one space, HH:MM, then optionally :SS and after it a fraction of one or more
/// digits behind '.' or ',', then optionally an offset: Z, +HH, +HHMM or +HH:MM (or '-'; at most
/// 23:59). Nothing before, between or after. Days are checked against the month of the proleptic
/// Gregorian calendar. Second 60, a leap second, is read as the first second of the next minute, as
/// POSIX time does. Nothing is returned for other texts; among them a date alone (it names a day,
/// no instant), 24:00, lower-case letters, week dates and the basic format without dashes.
[[nodiscard]] std::optional<Iso8601> parse_iso8601(std::string_view text);

/// An offset east of UTC as it may end such a text: "Z", "+01", "+0100", "-05:30".
[[nodiscard]] std::optional<std::chrono::minutes> parse_utc_offset(std::string_view text);

}  // namespace stream_analyzer
