// Counts in sentences for people.
#pragma once

#include <cstdint>
#include <string>

namespace stream_analyzer {

/// "1,234,567".
[[nodiscard]] std::string grouped(std::uint64_t value);

/// The same for the digits of a whole number, which may be negative.
[[nodiscard]] std::string grouped_digits(std::string digits);

}  // namespace stream_analyzer
