// An id's hash with its bits in the order in which dictionaries have their ids.
#pragma once

#include <cstdint>

#include "core/hash64.hpp"

namespace stream_analyzer {

using PlaceKey = std::uint64_t;

/// Turns hashes into keys and back: the bits that choose the shard come first, then those that
/// choose the cell of its dictionary. So a walk over the cells of all shards meets the ids almost
/// in the order of their keys, and sorting by key costs next to nothing.
class PlaceKeys {
  public:
    /// 1 to 31 bits choose the shard.
    explicit PlaceKeys(unsigned shard_bits) : shard_bits_(shard_bits) {}

    [[nodiscard]] PlaceKey key_of(Hash64 hash) const {
        const Hash64 low = hash & kLowHalf;
        const Hash64 rest = (hash & ~shard_mask()) >> 32U;
        return (hash & shard_mask()) | low << rest_bits() | rest;
    }
    [[nodiscard]] Hash64 hash_of(PlaceKey key) const {
        const PlaceKey low = key >> rest_bits() & kLowHalf;
        const PlaceKey rest = key & ((PlaceKey{1} << rest_bits()) - 1);
        return (key & shard_mask()) | rest << 32U | low;
    }

    [[nodiscard]] std::uint32_t shards() const { return std::uint32_t{1} << shard_bits_; }
    [[nodiscard]] std::uint32_t shard_of(PlaceKey key) const {
        return static_cast<std::uint32_t>(key >> (64U - shard_bits_));
    }

  private:
    static constexpr Hash64 kLowHalf = 0xffffffff;

    [[nodiscard]] Hash64 shard_mask() const { return ~Hash64{0} << (64U - shard_bits_); }
    [[nodiscard]] unsigned rest_bits() const { return 32U - shard_bits_; }

    unsigned shard_bits_;
};

/// The length of an id's text in a byte; kOddMark: see KeyedId for it.
using IdMark = std::uint8_t;
inline constexpr IdMark kOddMark = 0xff;

/// What counting needs to know of an id: who it is, and how long.
struct KeyedId {
    PlaceKey key = 0;
    std::uint32_t length = 0;
    /// Ids that share their hash are told apart by their place in the order of their texts. Chance
    /// makes no two ids alike; ground truth does not rely on it.
    std::uint32_t twin = 0;

    [[nodiscard]] bool is_odd() const { return length >= kOddMark || twin > 0; }
};

}  // namespace stream_analyzer
