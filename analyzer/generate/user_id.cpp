#include "generate/user_id.hpp"

#include <cstring>

#include "core/hash64.hpp"
#include "generate/draws.hpp"

namespace stream_analyzer {

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

// The two digits of every byte.
constexpr auto kHexPairs = [] {
    std::array<std::array<char, 2>, 256> pairs{};
    for (std::size_t byte = 0; byte < pairs.size(); ++byte) {
        pairs[byte] = {kHexDigits[byte >> 4U], kHexDigits[byte & 15U]};
    }
    return pairs;
}();

char* append_byte(char* out, std::uint64_t value) {
    std::memcpy(out, kHexPairs[value & 255U].data(), 2);
    return out + 2;
}

}  // namespace

UserIds::UserIds(std::uint64_t seed) : key_(DrawStreams(seed, DrawPurpose::id_text).key()) {}

char* UserIds::append(char* out, std::uint64_t user) const {
    const std::uint64_t tail = mix64(user + key_);
    const std::uint64_t head = mix64(tail ^ key_);
    *out++ = kHexDigits[head & 15U];
    // One user in 16, chosen by bits that are not printed, has a character more.
    if ((head >> 16U & 15U) == 0) *out++ = kHexDigits[head >> 12U & 15U];
    out = append_byte(out, head >> 4U);
    for (int shift = 56; shift >= 0; shift -= 8) {
        out = append_byte(out, tail >> static_cast<unsigned>(shift));
    }
    return out;
}

}  // namespace stream_analyzer
