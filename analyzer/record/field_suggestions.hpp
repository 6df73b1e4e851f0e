// Help for a dump whose fields have other names: which paths look like times, which like ids?
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stream_analyzer {

struct FieldSuggestion {
    std::string path;           ///< as --time-field and --id-field read it
    double share_of_lines = 0;  ///< of the lines given that are objects; 0..1
    std::string example;        ///< of a time: its raw value. Empty for ids: they may be personal
};

/// Best first, at most kMaxSuggestions each.
struct FieldSuggestions {
    std::vector<FieldSuggestion> times;
    std::vector<FieldSuggestion> ids;
};

inline constexpr std::size_t kMaxSuggestions = 5;

/// Looks into objects, not into arrays, and ranks by value and by name. A time is a number of any
/// unit in the years 1990 to 2099, such a number in a string, or an ISO 8601 text; an id is an
/// integer or a short string that is no time, with few repetitions. Names count: "user_id" is an id
/// whatever it holds, and goes before "request_id". Lines that are no objects are passed over.
/// Meant for a thousand lines.
[[nodiscard]] FieldSuggestions suggest_fields(std::span<const std::string_view> lines);

}  // namespace stream_analyzer
