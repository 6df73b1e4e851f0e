#include "report/number_text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace stream_analyzer {

namespace {

/// "-0.000" is a zero to readers: the sign of what was rounded away says nothing.
std::string without_negative_zero(std::string text) {
    if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) {
        text.erase(0, 1);
    }
    return text;
}

std::optional<double> number_of(std::string_view text) {
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || result.ec != std::errc{}) return std::nullopt;
    return value;
}

/// One decimal below 10, else none; the unit grows until at most three digits stand before it.
template <std::size_t Units>
std::string scaled(double value, const std::array<std::string_view, Units>& units) {
    if (!std::isfinite(value)) return "";
    std::size_t unit = 0;
    // 999.5 would be rounded to 1000: it belongs to the next unit already.
    while (value >= 999.5 && unit + 1 < Units) {
        value /= 1000;
        ++unit;
    }
    const int decimals = unit > 0 && value < 9.95 ? 1 : 0;
    return fmt::format("{:.{}f}{}", value, decimals, units[unit]);
}

std::string two_units(std::uint64_t amount, std::uint64_t per_large, std::string_view large,
                      std::string_view small) {
    return fmt::format("{} {} {:02} {}", amount / per_large, large, amount % per_large, small);
}

}  // namespace

std::string fixed_text(std::optional<double> value, int decimals) {
    if (!value || !std::isfinite(*value)) return "";
    return without_negative_zero(fmt::format("{:.{}f}", *value, decimals));
}

std::string ratio_text(std::optional<double> value) {
    if (!value || !std::isfinite(*value)) return "";
    if (*value == 0) return "0";
    // "-1.23457e-02": the digits are rounded once, here; below they only move.
    const std::string scientific = fmt::format("{:.{}e}", std::fabs(*value), kRatioDigits - 1);
    const std::size_t e = scientific.find('e');
    std::string digits = scientific.substr(0, 1) + scientific.substr(2, e - 2);
    const bool positive_exponent = scientific[e + 1] == '+';
    int exponent = 0;
    std::from_chars(scientific.data() + e + 2, scientific.data() + scientific.size(), exponent);

    std::string text;
    if (positive_exponent) {
        const auto whole = static_cast<std::size_t>(exponent) + 1;
        if (digits.size() < whole) digits.resize(whole, '0');
        text = digits.substr(0, whole) + "." + digits.substr(whole);
    } else {
        text = "0." + std::string(static_cast<std::size_t>(exponent) - 1, '0') + digits;
    }
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return *value < 0 ? "-" + text : text;
}

std::optional<double> rounded_fixed(std::optional<double> value, int decimals) {
    return number_of(fixed_text(value, decimals));
}

std::optional<double> rounded_ratio(std::optional<double> value) {
    return number_of(ratio_text(value));
}

std::string grouped(double value) {
    return grouped_digits(fixed_text(value, 0));
}

std::string percent(double fraction) {
    const double value = fraction * 100;
    if (!std::isfinite(value)) return "";
    const bool is_large = std::fabs(value) >= 1000;
    return (is_large ? grouped(value) : fixed_text(value, 2)) + " %";
}

std::string signed_percent(double fraction, const char* minus) {
    std::string text = percent(std::fabs(fraction));
    if (text.empty() || text == "0.00 %") return text;
    return (fraction < 0 ? minus : "+") + text;
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return percent(0);
    const double share = static_cast<double>(part) / static_cast<double>(whole);
    constexpr double kLeastShown = 0.00005;
    return part > 0 && share < kLeastShown ? "<0.01 %" : percent(share);
}

std::string plural(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", grouped(count), noun, count == 1 ? "" : "s");
}

std::string bytes_for_people(double bytes) {
    static constexpr std::array<std::string_view, 7> kUnits{" B",  " kB", " MB", " GB",
                                                            " TB", " PB", " EB"};
    return scaled(bytes, kUnits);
}

std::string count_for_people(double count) {
    static constexpr std::array<std::string_view, 7> kUnits{"", " k", " M", " G", " T", " P", " E"};
    return scaled(count, kUnits);
}

std::string duration_for_people(std::chrono::duration<double> duration) {
    const double seconds = duration.count();
    // Above, the conversion to whole seconds below would overflow; nobody waits for that long.
    constexpr double kLongest_s = 1e18;
    if (!std::isfinite(seconds) || seconds < 0 || seconds > kLongest_s) return "";
    if (seconds < 0.0005) return fmt::format("{:.0f} us", seconds * 1e6);
    if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1e3);
    if (seconds < 59.95) return fmt::format("{:.{}f} s", seconds, seconds < 9.995 ? 2 : 1);
    return duration_for_people(std::chrono::seconds(std::llround(seconds)));
}

std::string duration_for_people(std::chrono::seconds duration) {
    if (duration.count() < 0) return "";
    const auto whole = static_cast<std::uint64_t>(duration.count());
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return two_units(whole, 60, "min", "s");
    if (whole < 86400) return two_units(whole / 60, 60, "h", "min");
    return two_units(whole / 3600, 24, "d", "h");
}

}  // namespace stream_analyzer
