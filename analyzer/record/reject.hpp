// Why a line was not counted. Every rejected line has exactly one reason.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stream_analyzer {

/// The reasons, in the documented order (README, "Rejects"). The first eight are about the bytes of
/// the line: "line too long" is asked ahead of all others, which belong to the first offending
/// byte. The last six are asked in this order of a line whose bytes are good.
enum class RejectReason : std::uint8_t {
    not_json,            ///< the bytes cannot begin a JSON value, or break its grammar
    not_an_object,       ///< a JSON value, but no object
    truncated,           ///< the line ends before its value does
    trailing_bytes,      ///< something other than blanks follows the object
    control_character,   ///< a raw byte below 0x20 other than tab and CR between tokens
    invalid_utf8,        ///< no UTF-8 (RFC 3629), or an id with an unpaired surrogate escape
    too_deep,            ///< more than 1,024 brackets open at once
    line_too_long,       ///< longer than --max-line
    missing_time,        ///< the time field is absent
    missing_id,          ///< the id field is absent
    wrong_type_of_time,  ///< neither a number nor a string
    unparsable_time,     ///< a string (or number) that is no time in the chosen unit
    time_out_of_range,   ///< before the year 0001 or after 9999
    wrong_type_of_id,    ///< neither a string nor an integer (null: see --null-id)
};

inline constexpr std::size_t kRejectReasons = 14;

/// The names used in every output, indexed by reason: "not JSON", "line too long", ...
inline constexpr std::array<std::string_view, kRejectReasons> kRejectReasonNames{
    "not JSON",          "not an object",    "truncated",          "trailing bytes",
    "control character", "invalid UTF-8",    "too deep",           "line too long",
    "missing time",      "missing id",       "wrong type of time", "unparsable time",
    "time out of range", "wrong type of id",
};

[[nodiscard]] constexpr std::string_view name_of(RejectReason reason) {
    return kRejectReasonNames[static_cast<std::size_t>(reason)];
}

}  // namespace stream_analyzer
