// Small bridges to the JSON library.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace stream_analyzer {

/// Keys stay in the order in which they are documented.
using Json = nlohmann::ordered_json;

/// The value, or null. Doubles must be finite.
template <typename Value>
[[nodiscard]] Json json_or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

/// JSON text; `indent` as in the library (-1: one line). Bytes that are no UTF-8 (file names may
/// hold them) become U+FFFD instead of an error.
[[nodiscard]] inline std::string json_text(const Json& value, int indent = -1) {
    return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace stream_analyzer
