// Kinds of bytes, told by their halves.
#pragma once

#include <array>
#include <string_view>

namespace stream_analyzer {

/// For shuffles. Of two tables, one by the high nibble and one by the low one, the AND of a byte's
/// entries says what kinds it is of. Each high nibble has a bit of its own for each kind; a low
/// nibble has the bits of the high ones it goes with.
using NibbleTable = std::array<char, 16>;

/// Makes `bytes` of those kinds whose bits are in `kinds`.
constexpr void add_bytes(std::string_view bytes, const NibbleTable& by_high, char kinds,
                         NibbleTable& by_low) {
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        char& bits = by_low[value & 0x0fU];
        bits = static_cast<char>(bits | (by_high[value >> 4U] & kinds));
    }
}

}  // namespace stream_analyzer
