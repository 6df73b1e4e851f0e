#include "sketch/redis_hyperloglog.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace stream_analyzer {

namespace {

/// The hash for which HyperLogLog chooses the register and the rank that Redis does for `hash`.
Hash64 turned_round(Hash64 hash) noexcept {
    constexpr unsigned kPrecision = RedisHyperLogLog::kPrecision;
    constexpr unsigned kRest_bits = 64 - kPrecision;
    const Hash64 index = hash & ((Hash64{1} << kPrecision) - 1);
    const int zeros = std::countr_zero((hash >> kPrecision) | (Hash64{1} << kRest_bits));
    return (index << kRest_bits) | ((Hash64{1} << (kRest_bits - 1)) >> zeros);
}

}  // namespace

void RedisHyperLogLog::add_all(std::span<const Hash64> hashes) noexcept {
    std::array<Hash64, 512> turned;
    while (!hashes.empty()) {
        const auto block = hashes.first(std::min(hashes.size(), turned.size()));
        std::ranges::transform(block, turned.begin(), turned_round);
        registers_.add_all({turned.data(), block.size()});
        hashes = hashes.subspan(block.size());
    }
}

SketchEstimate RedisHyperLogLog::estimate() const {
    SketchEstimate estimate = registers_.estimate();
    estimate.value = std::round(estimate.value);
    return estimate;
}

}  // namespace stream_analyzer
