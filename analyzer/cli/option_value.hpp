// Option values as people type them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/event_time.hpp"

namespace stream_analyzer {

/// The refusal "--OPTION: 'VALUE' is not ALLOWED", a UsageError.
[[noreturn]] void refuse_value(std::string_view option, std::string_view value,
                               std::string_view allowed);

/// A number without sign that is the whole text.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text);

/// "12.5" at 3 decimals is 12500. Nothing for more decimals, signs, or what does not fit.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text, unsigned decimals);

// Each throws UsageError naming `option` (without its dashes), the value and what is allowed.
[[nodiscard]] std::uint64_t number_in(std::string_view option, const std::string& value,
                                      std::uint64_t least, std::uint64_t most);
[[nodiscard]] std::uint64_t size_in(std::string_view option, const std::string& value,
                                    std::uint64_t least, std::uint64_t most);
[[nodiscard]] std::string path_in(std::string_view option, const std::string& value);
/// ISO 8601 (UTC without an offset; a date alone is its midnight) or seconds since 1970.
[[nodiscard]] EventTime time_in(std::string_view option, const std::string& value);

}  // namespace stream_analyzer
