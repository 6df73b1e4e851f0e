// The 64-bit hash of an id, and the way each sketch derives its own from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace stream_analyzer {

using Hash64 = std::uint64_t;

/// Default of --hash-seed. Fixed, so that two runs print the same estimates.
inline constexpr std::uint64_t kDefaultHashSeed = 0;

/// XXH3-64 of the id's unescaped UTF-8 bytes.
[[nodiscard]] Hash64 hash_id(std::string_view id, std::uint64_t seed) noexcept;

/// A bijective mixer (the finalizer of SplitMix64; Steele, Lea, Flood, OOPSLA 2014, with the
/// constants of Stafford's variant 13). Each family of sketches mixes the id's hash with a salt of
/// its own, so that the errors of two families over the same ids are not correlated.
[[nodiscard]] constexpr Hash64 mix64(Hash64 value) noexcept {
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

/// mix64(hash ^ salt) of each hash, to `mixed`, which has room for them and may be the same place.
void mix_all(std::span<const Hash64> hashes, Hash64 salt, Hash64* mixed) noexcept;

/// "xxHash 0.8.1".
[[nodiscard]] std::string hash_library();

}  // namespace stream_analyzer
