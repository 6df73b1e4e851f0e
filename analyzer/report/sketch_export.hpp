// A sketch of another system, in a form that reaches that system.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/event_time.hpp"
#include "sketch/sketch.hpp"

namespace stream_analyzer {

/// The sketch of one window.
struct ExportedSketch {
    std::string_view window;  ///< its length, "1m"
    WindowTime start;
    std::optional<std::uint64_t> distinct;  ///< exact count, where it is known
    const Sketch& sketch;                   ///< of another system
};

/// One JSON object and a line feed: window, window_start, distinct (or null), sketch, estimate (or
/// null) and state, the bytes of interchange_format.hpp in base64 (RFC 4648, with padding).
[[nodiscard]] std::string export_json_line(const ExportedSketch& exported);

/// The command SET in Redis' protocol (RESP 2), as `redis-cli --pipe` takes it: the key is
/// KEY_PREFIX + "1m:2016-07-11T13:39:00Z", the value the sketch, which must be a redis-hll.
[[nodiscard]] std::string export_redis_command(const ExportedSketch& exported,
                                               std::string_view key_prefix);

/// RFC 4648, section 4.
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace stream_analyzer
