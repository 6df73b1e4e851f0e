// The hash functions that sketches are fed with: our own, and those of other systems.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/hash64.hpp"

namespace stream_analyzer {

/// Who says how an id is hashed.
enum class IdHash : std::uint8_t {
    own,           ///< hash_id (core/hash64.hpp) with --hash-seed, from the dictionary of ids
    redis,         ///< PFADD of Redis
    datasketches,  ///< update(string) of Apache DataSketches' HLL sketches
};

inline constexpr std::size_t kIdHashes = 3;

/// Redis (src/hyperloglog.c): MurmurHash64A of the text's bytes.
inline constexpr std::uint64_t kRedisSeed = 0xadc83b19U;
[[nodiscard]] Hash64 redis_hash(std::string_view id, std::uint64_t seed = kRedisSeed) noexcept;

/// Apache DataSketches ("default update seed"): MurmurHash3 of the UTF-8 bytes, of which its HLL
/// sketches keep a coupon of 32 bits: 26 bits of h1, and above them one more than the leading zeros
/// of h2, at most 63. Text without a byte is ignored there: its coupon is 0, which no other text
/// has.
inline constexpr std::uint64_t kDataSketchesSeed = 9001;
[[nodiscard]] Hash64 datasketches_coupon(std::string_view id,
                                         std::uint64_t seed = kDataSketchesSeed) noexcept;

inline constexpr unsigned kCouponAddress_bits = 26;

/// The seeds of other systems. They are fixed there: others tell how well such a function hashes
/// some ids.
struct TextSeeds {
    std::uint64_t redis = kRedisSeed;
    std::uint64_t datasketches = kDataSketchesSeed;
};

}  // namespace stream_analyzer
