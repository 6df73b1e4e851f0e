// What a number in the time field counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stream_analyzer {

/// iso8601: only ISO 8601 texts are times and a number has the wrong type. With the other units ISO
/// texts are understood too.
enum class TimeUnit : std::uint8_t { seconds, milliseconds, microseconds, nanoseconds, iso8601 };

/// "s", "ms", "us", "ns", "iso8601".
[[nodiscard]] std::string_view name_of(TimeUnit unit);

/// The reverse of name_of; nothing for another text ("auto" included).
[[nodiscard]] std::optional<TimeUnit> parse_time_unit(std::string_view text);

}  // namespace stream_analyzer
