#include "store/byte_codec.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace stream_analyzer {

void fail_as_damaged(std::string_view name, std::string_view why) {
    throw EnvironmentError(fmt::format("{} is damaged: {}", name, why));
}

void ByteReader::fail(std::string_view why) const {
    fail_as_damaged(*name_, why);
}

std::uint64_t ByteReader::long_varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t next = byte();
        const std::uint64_t bits = next & 0x7fU;
        if ((bits << shift) >> shift != bits) fail("a number is too large");
        value |= bits << shift;
        if (next < 0x80) return value;
    }
    fail("a number is too large");
}

}  // namespace stream_analyzer
