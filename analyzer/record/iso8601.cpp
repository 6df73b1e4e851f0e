#include "record/iso8601.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "record/json_grammar.hpp"

namespace stream_analyzer {

namespace {

constexpr std::size_t kDateAndMinute_bytes = 16;  // "2016-07-11T13:39"
constexpr std::size_t kFractionDigits = 6;        // microseconds

std::uint64_t eight_bytes(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// True if `text` has a digit where `shape` has a '0', and the shape's own byte where `separators`
/// is 0xff. XOR leaves 0..9 of a digit and 0 of an equal separator; adding 0x76 carries larger
/// values into the byte's top bit, and the byte's own top bit is or-ed in. No sum leaves its byte.
bool has_shape(std::uint64_t text, std::uint64_t shape, std::uint64_t separators) {
    constexpr std::uint64_t kLow7 = 0x7f7f7f7f7f7f7f7fU;
    constexpr std::uint64_t kOverNine = 0x7676767676767676U;
    const std::uint64_t difference = text ^ shape;
    const std::uint64_t too_large = (((difference & kLow7) + kOverNine) | difference) & ~kLow7;
    return (too_large | (difference & separators)) == 0;
}

/// "0000-00-" and "00T00:00" at `at`, a space for the T included.
bool begins_with_date_and_minute(const char* at) {
    // Read from memory like the text itself, so that the byte order does not matter.
    const bool date =
        has_shape(eight_bytes(at), eight_bytes("0000-00-"), eight_bytes("\0\0\0\0\xff\0\0\xff"));
    const bool minute = has_shape(eight_bytes(at + 8), eight_bytes("00T00:00"),
                                  eight_bytes("\0\0\xff\0\0\xff\0\0"));
    if (date && minute) return true;
    return date && at[10] == ' ' &&
           has_shape(eight_bytes(at + 8), eight_bytes("00 00:00"),
                     eight_bytes("\0\0\xff\0\0\xff\0\0"));
}

/// Of two bytes known to be digits.
unsigned two_digits(const char* at) {
    return static_cast<unsigned>(at[0] - '0') * 10U + static_cast<unsigned>(at[1] - '0');
}

bool are_two_digits(std::string_view text) {
    return text.size() >= 2 && is_digit(text[0]) && is_digit(text[1]);
}

/// Days of the date whose digits stand at `at`, or nothing when there is no such day.
std::optional<std::chrono::sys_days> date_at(const char* at) {
    const auto year = static_cast<int>(two_digits(at) * 100U + two_digits(at + 2));
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{two_digits(at + 5)},
                                           std::chrono::day{two_digits(at + 8)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

/// Removes ":SS" and a fraction from the front of `text`, if they stand there. The microseconds, or
/// nothing when they are begun but bad.
std::optional<std::chrono::microseconds> take_seconds(std::string_view& text) {
    if (text.empty() || text.front() != ':') return std::chrono::microseconds{0};
    text.remove_prefix(1);
    if (!are_two_digits(text)) return std::nullopt;
    const unsigned seconds = two_digits(text.data());
    if (seconds > 60) return std::nullopt;
    std::chrono::microseconds result{std::chrono::seconds{seconds}};
    text.remove_prefix(2);
    if (text.empty() || (text.front() != '.' && text.front() != ',')) return result;
    std::size_t digits = 0;
    std::int64_t fraction_us = 0;
    for (text.remove_prefix(1); digits < text.size() && is_digit(text[digits]); ++digits) {
        if (digits < kFractionDigits) fraction_us = fraction_us * 10 + (text[digits] - '0');
    }
    if (digits == 0) return std::nullopt;
    for (std::size_t i = digits; i < kFractionDigits; ++i)
        fraction_us *= 10;
    text.remove_prefix(digits);
    return result + std::chrono::microseconds{fraction_us};
}

/// "+01:00", "+0100", "+01", with either sign.
std::optional<std::chrono::minutes> numeric_offset(std::string_view text) {
    const bool negative = text.front() == '-';
    if (!negative && text.front() != '+') return std::nullopt;
    text.remove_prefix(1);
    if (!are_two_digits(text)) return std::nullopt;
    const unsigned hours = two_digits(text.data());
    text.remove_prefix(2);
    unsigned minutes = 0;
    if (!text.empty()) {
        if (text.front() == ':') text.remove_prefix(1);
        if (text.size() != 2 || !are_two_digits(text)) return std::nullopt;
        minutes = two_digits(text.data());
    }
    if (hours > 23 || minutes > 59) return std::nullopt;
    const auto total = static_cast<int>(hours * 60U + minutes);
    return std::chrono::minutes{negative ? -total : total};
}

}  // namespace

std::optional<Iso8601> parse_iso8601(std::string_view text) {
    if (text.size() < kDateAndMinute_bytes || !begins_with_date_and_minute(text.data())) {
        return std::nullopt;
    }
    const std::optional<std::chrono::sys_days> day = date_at(text.data());
    const unsigned hours = two_digits(text.data() + 11);
    const unsigned minutes = two_digits(text.data() + 14);
    if (!day || hours > 23 || minutes > 59) return std::nullopt;
    text.remove_prefix(kDateAndMinute_bytes);
    const std::optional<std::chrono::microseconds> seconds = take_seconds(text);
    if (!seconds) return std::nullopt;

    Iso8601 result;
    result.time = *day + std::chrono::hours{hours} + std::chrono::minutes{minutes} + *seconds;
    if (text.empty()) return result;
    result.has_offset = true;
    if (text == "Z") return result;
    const std::optional<std::chrono::minutes> offset = numeric_offset(text);
    if (!offset) return std::nullopt;
    result.time -= *offset;
    return result;
}

std::optional<std::chrono::minutes> parse_utc_offset(std::string_view text) {
    if (text == "Z") return std::chrono::minutes{0};
    if (text.empty()) return std::nullopt;
    return numeric_offset(text);
}

}  // namespace stream_analyzer
