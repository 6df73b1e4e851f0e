#include "window/window_length.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "core/error.hpp"

namespace stream_analyzer {

namespace {

// Indexed by WindowLength::Unit.
constexpr std::array<std::string_view, 7> kUnitNames{"s", "m", "h", "d", "w", "mo", "y"};

// A year of seconds: longer windows than that are calendar units.
constexpr std::int64_t kLongestFixed_seconds = 366 * std::int64_t{86400};

}  // namespace

WindowLength WindowLength::parse(std::string_view text) {
    const auto refuse = [](std::string_view why) {
        return UsageError(
            fmt::format("{}; windows are written like 30s, 1m, 6h, 1d, 1w, 1mo, 1y", why));
    };
    WindowLength length;
    const char* const end = text.data() + text.size();
    const auto [unit_begin, error] = std::from_chars(text.data(), end, length.count);
    if (error != std::errc{} || length.count == 0)
        throw refuse("the number is missing or too large");
    const std::string_view unit(unit_begin, static_cast<std::size_t>(end - unit_begin));
    for (std::size_t i = 0; i < kUnitNames.size(); ++i) {
        if (unit != kUnitNames[i]) continue;
        length.unit = static_cast<Unit>(i);
        if (length.is_calendar() && length.count != 1) {
            throw refuse("days, weeks, months and years come one at a time");
        }
        if (!length.is_calendar() && length.fixed_seconds() > kLongestFixed_seconds) {
            throw refuse("it is longer than a year");
        }
        return length;
    }
    throw refuse("the unit is not one of s, m, h, d, w, mo, y");
}

std::string WindowLength::label() const {
    return fmt::format("{}{}", count, kUnitNames[static_cast<std::size_t>(unit)]);
}

std::int64_t WindowLength::fixed_seconds() const {
    const std::int64_t unit_seconds = unit == Unit::second ? 1 : unit == Unit::minute ? 60 : 3600;
    return unit_seconds * count;
}

}  // namespace stream_analyzer
