// With which bytes a scalar may begin, told by their halves.
#pragma once

#include <string_view>

#include "record/escape_nibbles.hpp"

namespace stream_analyzer {

/// For shuffles: the AND of a byte's entries in both tables is not zero if it is one of
/// -0123456789tfn. Each high nibble has a bit of its own; a low nibble has the bits of the high
/// ones it goes with.
inline constexpr NibbleTable kScalarsByHighNibble = [] {
    NibbleTable bits{};
    bits[2] = 1;
    bits[3] = 2;
    bits[6] = 4;
    bits[7] = 8;
    return bits;
}();

inline constexpr NibbleTable kScalarsByLowNibble = [] {
    NibbleTable bits{};
    for (const char byte : std::string_view("-0123456789tfn")) {
        const auto value = static_cast<unsigned char>(byte);
        bits[value & 0x0fU] =
            static_cast<char>(bits[value & 0x0fU] | kScalarsByHighNibble[value >> 4U]);
    }
    return bits;
}();

}  // namespace stream_analyzer
