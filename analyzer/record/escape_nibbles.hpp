// What may stand behind a backslash.
#pragma once

#include <cstdint>

#include "record/nibble_table.hpp"

namespace stream_analyzer {

/// Of a block: bit i is set when byte i may stand behind a backslash, is a hexadecimal digit, is u.
struct EscapeMasks {
    std::uint64_t letters = 0;
    std::uint64_t hex_digits = 0;
    std::uint64_t u = 0;
};

/// The tables give kEscapeLetter's bits for "\/bfnrtu (RFC 8259, section 7), and kHexDigit's for
/// hexadecimal digits.
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
    add_bytes("\"\\/bfnrtu", kEscapesByHighNibble, kEscapeLetter, bits);
    add_bytes("0123456789abcdefABCDEF", kEscapesByHighNibble, kHexDigit, bits);
    return bits;
}();

}  // namespace stream_analyzer
