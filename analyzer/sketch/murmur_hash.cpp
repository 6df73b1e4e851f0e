#include "sketch/murmur_hash.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

namespace stream_analyzer {

namespace {

/// The first `count` bytes of `text` (1 to 8) as a number, the first of them its lowest.
std::uint64_t little_endian(const char* text, std::size_t count) noexcept {
    std::uint64_t value = 0;
    std::memcpy(&value, text, count);
    if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
    return value;
}

/// The finalizer of MurmurHash3 for 64 bits.
std::uint64_t mixed(std::uint64_t value) noexcept {
    value = (value ^ (value >> 33U)) * 0xff51afd7ed558ccdU;
    value = (value ^ (value >> 33U)) * 0xc4ceb9fe1a85ec53U;
    return value ^ (value >> 33U);
}

std::uint64_t mixed_into_h1(std::uint64_t k1) noexcept {
    return std::rotl(k1 * 0x87c37b91114253d5U, 31) * 0x4cf5ad432745937fU;
}

std::uint64_t mixed_into_h2(std::uint64_t k2) noexcept {
    return std::rotl(k2 * 0x4cf5ad432745937fU, 33) * 0x87c37b91114253d5U;
}

}  // namespace

std::uint64_t murmur_hash64a(std::string_view text, std::uint64_t seed) noexcept {
    constexpr std::uint64_t kMultiplier = 0xc6a4a7935bd1e995U;
    constexpr unsigned kShift = 47;
    std::uint64_t hash = seed ^ (text.size() * kMultiplier);
    for (; text.size() >= 8; text.remove_prefix(8)) {
        std::uint64_t word = little_endian(text.data(), 8) * kMultiplier;
        word = (word ^ (word >> kShift)) * kMultiplier;
        hash = (hash ^ word) * kMultiplier;
    }
    if (!text.empty()) hash = (hash ^ little_endian(text.data(), text.size())) * kMultiplier;
    hash = (hash ^ (hash >> kShift)) * kMultiplier;
    return hash ^ (hash >> kShift);
}

Hash128 murmur_hash3(std::string_view text, std::uint64_t seed) noexcept {
    const std::uint64_t size = text.size();
    std::uint64_t h1 = seed;
    std::uint64_t h2 = seed;
    for (; text.size() >= 16; text.remove_prefix(16)) {
        h1 ^= mixed_into_h1(little_endian(text.data(), 8));
        h1 = (std::rotl(h1, 27) + h2) * 5 + 0x52dce729U;
        h2 ^= mixed_into_h2(little_endian(text.data() + 8, 8));
        h2 = (std::rotl(h2, 31) + h1) * 5 + 0x38495ab5U;
    }
    if (text.size() > 8) h2 ^= mixed_into_h2(little_endian(text.data() + 8, text.size() - 8));
    if (!text.empty()) {
        const std::size_t left = std::min<std::size_t>(text.size(), 8);
        h1 ^= mixed_into_h1(little_endian(text.data(), left));
    }
    h1 ^= size;
    h2 ^= size;
    h1 += h2;
    h2 += h1;
    h1 = mixed(h1);
    h2 = mixed(h2);
    h1 += h2;
    h2 += h1;
    return {h1, h2};
}

}  // namespace stream_analyzer
