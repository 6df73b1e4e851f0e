// Event time: when the event happened, as the record itself says it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace stream_analyzer {

/// Microseconds since 1970-01-01T00:00:00Z. Finer units are floored to it.
using EventTime = std::chrono::sys_time<std::chrono::microseconds>;

/// A window boundary: whole seconds since 1970-01-01T00:00:00Z.
using WindowTime = std::chrono::sys_seconds;

/// First and last representable event time: the years 0001 to 9999.
inline constexpr EventTime kFirstEventTime{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
inline constexpr EventTime kLastEventTime{std::chrono::sys_days{std::chrono::year{10000} / 1 / 1} -
                                          std::chrono::microseconds{1}};

/// "2016-07-11T13:39:00Z"; the one form in which the project prints window boundaries.
[[nodiscard]] std::string iso8601(WindowTime time);

/// "2016-07-11T13:39:00.250000Z"; the fraction is left out when it is zero.
[[nodiscard]] std::string iso8601(EventTime time);

}  // namespace stream_analyzer
