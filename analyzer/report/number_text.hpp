// Numbers as text: for machines exactly documented, for people short. All without locale, all with
// '.' as the decimal point, none ever "nan", "inf" or "-0".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/grouped.hpp"

namespace stream_analyzer {

/// Decimals of estimates and errors (in ids) in CSV and JSON.
inline constexpr int kEstimateDecimals = 6;

/// Significant digits of ratios (relative_error, predicted_rse, z) in CSV and JSON. Six, because
/// the last digits of a theory built on libm's exp and log differ between processors.
inline constexpr int kRatioDigits = 6;

// For machines. A value that is absent or not finite is the empty text.

/// Fixed notation: fixed_text(1.5, 6) is "1.500000".
[[nodiscard]] std::string fixed_text(std::optional<double> value, int decimals);

/// Rounded to kRatioDigits significant digits, in fixed notation without exponent and without
/// trailing zeros: "-0.0123457", "1.5", "0".
[[nodiscard]] std::string ratio_text(std::optional<double> value);

/// The number that the text above stands for, for JSON; absent where the text is empty.
[[nodiscard]] std::optional<double> rounded_fixed(std::optional<double> value, int decimals);
[[nodiscard]] std::optional<double> rounded_ratio(std::optional<double> value);

// For people.

/// An estimate to the nearest whole id, grouped as counts are: "43,849".
[[nodiscard]] std::string grouped(double value);

/// A fraction as percent with two decimals: percent(0.01619) is "1.62 %"; from 1,000 % on without
/// decimals, and "0.00 %" for everything that rounds to it.
[[nodiscard]] std::string percent(double fraction);

/// The same with its sign always shown, except for a zero; `minus` is "-" or U+2212.
[[nodiscard]] std::string signed_percent(double fraction, const char* minus);

/// A share of something as percent; "<0.01 %" rather than a zero that is none, "0.00 %" of nothing.
[[nodiscard]] std::string share_text(std::uint64_t part, std::uint64_t whole);

/// "1 line", "7,232 lines".
[[nodiscard]] std::string plural(std::uint64_t count, std::string_view noun);

/// Decimal units, as disks and networks count: "999 B", "1.4 GB", "920 MB".
[[nodiscard]] std::string bytes_for_people(double bytes);

/// Counts with a decimal prefix: "950", "1.5 k", "15 M".
[[nodiscard]] std::string count_for_people(double count);

/// "12 us", "350 ms", "1.31 s", "2 min 05 s", "3 h 07 min", "12 d 05 h". Empty for what is negative
/// or not finite.
[[nodiscard]] std::string duration_for_people(std::chrono::duration<double> duration);

/// The same for whole seconds: "1 s".
[[nodiscard]] std::string duration_for_people(std::chrono::seconds duration);

}  // namespace stream_analyzer
