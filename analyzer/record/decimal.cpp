#include "record/decimal.hpp"

#include <algorithm>
#include <cstddef>

#include "record/json_grammar.hpp"

namespace stream_analyzer {

namespace {

/// The result of scaled_floor has at most so many digits; 10^18 < 2^63.
constexpr std::int64_t kMaxDigits = 18;

/// Exponents are held at ±10^17: farther out nothing changes, since no line has 10^17 digits to
/// make up for it, and sums with it stay within 64 bits.
constexpr std::int64_t kMaxExponent = 100'000'000'000'000'000;

std::int64_t saturated_exponent(std::string_view text) {
    const bool negative = text.front() == '-';
    if (negative || text.front() == '+') text.remove_prefix(1);
    std::int64_t value = 0;
    for (const char digit : text) {
        value = std::min(value * 10 + (digit - '0'), kMaxExponent);
    }
    return negative ? -value : value;
}

}  // namespace

Decimal::Decimal(std::string_view number) {
    if (number.front() == '-') {
        negative_ = true;
        number.remove_prefix(1);
    }
    std::int64_t exponent = 0;
    const std::size_t e = number.find_first_of("eE");
    if (e != std::string_view::npos) {
        exponent = saturated_exponent(number.substr(e + 1));
        number = number.substr(0, e);
    }
    const std::size_t first = number.find_first_of("123456789");
    if (first == std::string_view::npos) return;
    const std::size_t point = std::min(number.find('.'), number.size());
    digits_ = number.substr(first);
    // Digits between d₁ (included) and the point, or zeros between the point and d₁, counted down.
    const auto before_point = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
    magnitude_ = exponent + (first < point ? before_point : before_point + 1);
}

std::optional<std::int64_t> Decimal::scaled_floor(int shift) const {
    if (is_zero()) return 0;
    const std::int64_t whole_digits = magnitude_ + shift;
    if (whole_digits > kMaxDigits) return std::nullopt;
    std::int64_t value = 0;
    std::int64_t taken = 0;
    bool has_rest = false;
    for (const char c : digits_) {
        if (c == '.') continue;
        if (taken < whole_digits) {
            value = value * 10 + (c - '0');
            ++taken;
        } else if (c != '0') {
            has_rest = true;
            break;
        }
    }
    for (; taken < whole_digits; ++taken)
        value *= 10;
    if (!negative_) return value;
    return has_rest ? -value - 1 : -value;
}

}  // namespace stream_analyzer
