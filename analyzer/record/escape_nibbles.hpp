// What may stand behind a backslash, told by the halves of a byte.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace stream_analyzer {

/// Of a block: bit i is set when byte i may stand behind a backslash, is a hexadecimal digit, is u.
struct EscapeMasks {
    std::uint64_t letters = 0;
    std::uint64_t hex_digits = 0;
    std::uint64_t u = 0;
};

/// For shuffles: the AND of a byte's entries in both tables has kEscapeLetter's bits if it is one
/// of
/// "\/bfnrtu (RFC 8259, section 7), and kHexDigit's if it is a hexadecimal digit. Each high nibble
/// has a bit of its own; a low nibble has the bits of the high ones it goes with.
using NibbleTable = std::array<char, 16>;

inline constexpr char kEscapeLetter = 0x0f;
inline constexpr char kHexDigit = 0x70;

inline constexpr NibbleTable kEscapesByHighNibble = [] {
    NibbleTable bits{};
    bits[2] = 0x01;
    bits[5] = 0x02;
    bits[6] = 0x04 | 0x40;
    bits[7] = 0x08;
    bits[3] = 0x10;
    bits[4] = 0x20;
    return bits;
}();

inline constexpr NibbleTable kEscapesByLowNibble = [] {
    NibbleTable bits{};
    const auto add = [&bits](std::string_view bytes, char kind) {
        for (const char byte : bytes) {
            const auto value = static_cast<unsigned char>(byte);
            bits[value & 0x0fU] =
                static_cast<char>(bits[value & 0x0fU] | (kEscapesByHighNibble[value >> 4U] & kind));
        }
    };
    add("\"\\/bfnrtu", kEscapeLetter);
    add("0123456789abcdefABCDEF", kHexDigit);
    return bits;
}();

}  // namespace stream_analyzer
