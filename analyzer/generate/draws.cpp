#include "generate/draws.hpp"

#include <bit>

namespace stream_analyzer {

KeyedPermutation::KeyedPermutation(std::uint64_t size, std::uint64_t key)
    : size_(size), key_(mix64(key)) {
    const auto bits = static_cast<unsigned>(std::bit_width(size - 1));
    mask_ = (std::uint64_t{1} << bits) - 1;
    shift_ = bits / 2 + 1;
}

std::uint64_t KeyedPermutation::at(std::uint64_t position) const {
    // Adding, multiplying by an odd number and xor with the own high bits are all invertible modulo
    // a power of two. Walking the cycle until a value is in range makes it a bijection of [0,
    // size); as size is more than half of the power, two steps are enough on average.
    constexpr int kRounds = 3;
    std::uint64_t value = position;
    do {
        std::uint64_t round_key = key_;
        for (int round = 0; round < kRounds; ++round) {
            value = ((value + round_key) * 0xbf58476d1ce4e5b9U) & mask_;
            value ^= value >> shift_;
            round_key = mix64(round_key + kGoldenGamma);
        }
    } while (value >= size_);
    return value;
}

}  // namespace stream_analyzer
