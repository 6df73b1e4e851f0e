// The beginning of a text as a number.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace stream_analyzer {

/// The first eight bytes, missing ones as zeros, as a number: texts whose numbers differ are in the
/// order of these.
[[nodiscard]] inline std::uint64_t first_bytes(std::string_view text) {
    std::uint64_t number = 0;
    if (text.size() >= sizeof number) {  // a copy of fixed size is one load
        std::memcpy(&number, text.data(), sizeof number);
    } else {
        std::memcpy(&number, text.data(), text.size());
    }
    if constexpr (std::endian::native == std::endian::little) number = __builtin_bswap64(number);
    return number;
}

/// The same of a text that eight bytes may be read from, whatever its length.
[[nodiscard]] inline std::uint64_t first_bytes_of_padded(std::string_view text) {
    std::uint64_t number = 0;
    std::memcpy(&number, text.data(), sizeof number);
    if constexpr (std::endian::native == std::endian::little) number = __builtin_bswap64(number);
    if (text.size() >= sizeof number) return number;
    return number & ~(~std::uint64_t{0} >> (8 * text.size()));
}

}  // namespace stream_analyzer
