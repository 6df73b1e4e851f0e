// Hashes for the sketches' tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/hash64.hpp"
#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// `count` distinct hashes, the numbers `first`, `first` + 1, … of the SplitMix64 sequence. Ranges
/// of numbers that do not overlap give sets that do not overlap.
inline std::vector<Hash64> hash_sequence(std::uint64_t first, std::size_t count) {
    constexpr std::uint64_t kGoldenGamma = 0x9e3779b97f4a7c15U;  // SplitMix64's increment
    std::vector<Hash64> hashes(count);
    for (std::size_t i = 0; i < count; ++i)
        hashes[i] = mix64((first + i) * kGoldenGamma);
    return hashes;
}

/// A number as the text of an id.
inline std::string id_text(std::uint64_t number) {
    return "u" + std::to_string(number);
}

/// The same numbers as ids of a sketch: for those of other systems the texts, hashed as these
/// systems do.
inline std::vector<Hash64> hashes_for(const SketchSpec& spec, std::uint64_t first,
                                      std::size_t count) {
    std::vector<Hash64> hashes = hash_sequence(first, count);
    if (spec.id_hash() == IdHash::own) return hashes;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string id = id_text(first + i);
        hashes[i] = spec.id_hash() == IdHash::redis ? redis_hash(id) : datasketches_coupon(id);
    }
    return hashes;
}

}  // namespace stream_analyzer
