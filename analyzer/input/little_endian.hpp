// Numbers in headers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stream_analyzer {

/// The number that these bytes are, at most eight, the least significant first.
[[nodiscard]] constexpr std::uint64_t little_endian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) {
        number = (number << 8U) | static_cast<unsigned char>(bytes[i - 1]);
    }
    return number;
}

}  // namespace stream_analyzer
