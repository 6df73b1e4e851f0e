// Appending to a line under construction. Lines are written into a large buffer that always has
// room for a whole one, so nothing here checks bounds.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace stream_analyzer {

/// No line that is made is longer (tests look at every kind); the room a line writer may rely on.
inline constexpr std::size_t kMaxLine_bytes = 16'384;

[[nodiscard]] inline char* append(char* out, std::string_view text) {
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

[[nodiscard]] inline char* append_number(char* out, std::int64_t number) {
    constexpr std::size_t kMaxNumber_bytes = 20;
    return std::to_chars(out, out + kMaxNumber_bytes, number).ptr;
}

}  // namespace stream_analyzer
