// The two hash functions of Austin Appleby that other systems' sketches are made with.
#pragma once

#include <cstdint>
#include <string_view>

namespace stream_analyzer {

/// MurmurHash64A (MurmurHash2 for 64-bit processors): the same number on every machine.
[[nodiscard]] std::uint64_t murmur_hash64a(std::string_view text, std::uint64_t seed) noexcept;

struct Hash128 {
    std::uint64_t h1 = 0;
    std::uint64_t h2 = 0;

    friend bool operator==(const Hash128&, const Hash128&) = default;
};

/// MurmurHash3_x64_128. The seed is one of 64 bits, as Apache DataSketches has it; the reference's
/// seeds are those below 2^32.
[[nodiscard]] Hash128 murmur_hash3(std::string_view text, std::uint64_t seed) noexcept;

}  // namespace stream_analyzer
