// How long a tumbling window is: "1m", "15m", "1h", "1d", "1w", "1mo", "1y".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stream_analyzer {

/// A count of seconds, minutes or hours (windows begin at multiples of it since 1970-01-01T00:00Z),
/// or one day, ISO week (from Monday), month or year of the calendar in a time zone.
struct WindowLength {
    enum class Unit : std::uint8_t { second, minute, hour, day, week, month, year };

    Unit unit = Unit::minute;
    std::uint32_t count = 1;

    /// Throws UsageError with the reason when the text is no window length.
    [[nodiscard]] static WindowLength parse(std::string_view text);

    /// As parse reads it: "1m", "90s", "1mo".
    [[nodiscard]] std::string label() const;

    [[nodiscard]] bool is_calendar() const { return unit >= Unit::day; }

    /// Seconds of a window that is no calendar unit.
    [[nodiscard]] std::int64_t fixed_seconds() const;

    friend bool operator==(const WindowLength&, const WindowLength&) = default;
};

}  // namespace stream_analyzer
