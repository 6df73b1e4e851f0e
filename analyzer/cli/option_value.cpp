#include "cli/option_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/error.hpp"
#include "core/size.hpp"
#include "record/iso8601.hpp"

namespace stream_analyzer {

void refuse_value(std::string_view option, std::string_view value, std::string_view allowed) {
    throw UsageError(fmt::format("--{}: '{}' is not {}", option, value, allowed));
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text, unsigned decimals) {
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string digits(text.substr(0, point));
    if (digits.empty()) return std::nullopt;
    if (point < text.size()) {
        const std::string_view fraction = text.substr(point + 1);
        if (fraction.empty() || fraction.size() > decimals) return std::nullopt;
        digits += fraction;
        decimals -= static_cast<unsigned>(fraction.size());
    }
    return parse_number(digits + std::string(decimals, '0'));
}

std::uint64_t number_in(std::string_view option, const std::string& value, std::uint64_t least,
                        std::uint64_t most) {
    const auto number = parse_number(value);
    if (!number || *number < least || *number > most) {
        refuse_value(option, value, fmt::format("a whole number from {} to {}", least, most));
    }
    return *number;
}

std::uint64_t size_in(std::string_view option, const std::string& value, std::uint64_t least,
                      std::uint64_t most) {
    const auto size_bytes = parse_size(value);
    if (!size_bytes || *size_bytes < least || *size_bytes > most) {
        refuse_value(option, value,
                     fmt::format("a size from {} to {}", format_size(least), format_size(most)));
    }
    return *size_bytes;
}

std::string path_in(std::string_view option, const std::string& value) {
    if (value.empty()) refuse_value(option, value, "a path");
    return value;
}

EventTime time_in(std::string_view option, const std::string& value) {
    std::optional<EventTime> time;
    if (const auto iso = parse_iso8601(value)) {
        time = iso->time;
    } else if (const auto midnight = parse_iso8601(value + "T00:00")) {
        time = midnight->time;
    } else {
        const bool negative = value.starts_with('-');
        constexpr std::uint64_t kMost_s = std::uint64_t{1} << 40U;
        const std::string_view digits = std::string_view(value).substr(negative ? 1 : 0);
        const auto number = parse_number(digits);
        // "2017" is a year to people, and 34 minutes past midnight to computers: neither is read.
        constexpr std::size_t kYearDigits = 4;
        if (number && *number < kMost_s && digits.size() != kYearDigits) {
            const auto seconds = static_cast<std::int64_t>(*number);
            time = EventTime{std::chrono::seconds{negative ? -seconds : seconds}};
        }
    }
    if (!time || *time < kFirstEventTime || *time > kLastEventTime) {
        refuse_value(option, value,
                     "a time in the years 0001 to 9999 like 2016-07-11, 2016-07-11T13:39:00Z or "
                     "1468244340 (seconds since 1970)");
    }
    return *time;
}

}  // namespace stream_analyzer
