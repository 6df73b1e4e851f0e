// Hashes for the sketches' tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/hash64.hpp"

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

}  // namespace stream_analyzer
