// Window starts for people: only as long as the windows need.
#pragma once

#include <span>
#include <string>

#include "core/event_time.hpp"

namespace stream_analyzer {

enum class TimePrecision { days, minutes, seconds };

/// The coarsest precision at which none of the times loses anything.
[[nodiscard]] TimePrecision precision_for(std::span<const WindowTime> times);

/// "2016-07-11", "2016-07-11 13:39" or "2016-07-11 13:39:05", in UTC.
[[nodiscard]] std::string short_time(WindowTime time, TimePrecision precision);

}  // namespace stream_analyzer
