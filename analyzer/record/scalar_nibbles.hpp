// With which bytes a scalar may begin.
#pragma once

#include "record/nibble_table.hpp"

namespace stream_analyzer {

/// Together not zero for each of -0123456789tfn.
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
    add_bytes("-0123456789tfn", kScalarsByHighNibble, 0x0f, bits);
    return bits;
}();

}  // namespace stream_analyzer
