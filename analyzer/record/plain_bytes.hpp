// The bytes that a walk over a line passes without a second look.
#pragma once

#include <array>
#include <cstddef>

namespace stream_analyzer {

using ByteTable = std::array<bool, 256>;

/// Bytes that a string's text passes over without a second look.
[[nodiscard]] constexpr ByteTable plain_in_string() {
    ByteTable plain{};
    for (std::size_t byte = 0x20; byte < 0x80; ++byte)
        plain[byte] = true;
    plain['"'] = plain['\\'] = false;
    return plain;
}

/// Bytes that mean nothing between the strings and brackets of a skimmed container.
[[nodiscard]] constexpr ByteTable plain_in_skim() {
    ByteTable plain = plain_in_string();
    for (const char c : {'{', '}', '[', ']'})
        plain[static_cast<unsigned char>(c)] = false;
    for (const char c : {'\t', '\r', '\\'})
        plain[static_cast<unsigned char>(c)] = true;
    return plain;
}

inline constexpr ByteTable kPlainInString = plain_in_string();
inline constexpr ByteTable kPlainInSkim = plain_in_skim();

}  // namespace stream_analyzer
