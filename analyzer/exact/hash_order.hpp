// The ids of all shards in the order of their hashes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "exact/ground_truth.hpp"
#include "exact/huge_pages.hpp"
#include "exact/id_ranks.hpp"
#include "exact/place_key.hpp"

namespace stream_analyzer {

/// The ids of a ground truth, which may not change while this lives, in the order of their keys;
/// those of one key in that of their texts. Texts stay in the dictionaries: whoever wants all of
/// them in order goes through the tables in order. GroundTruth::hash_order_bytes() says what it
/// needs.
class HashOrder {
  public:
    /// `on_threads` calls for 0, ..., threads - 1.
    HashOrder(const GroundTruth& truth, unsigned threads, const OnThreads& on_threads);

    [[nodiscard]] std::size_t size() const { return keys_.size(); }
    [[nodiscard]] const IdRanks& ranks() const { return ranks_; }
    [[nodiscard]] const PlaceKeys& key_bits() const { return key_bits_; }

    [[nodiscard]] PlaceKey key(IdRank rank) const { return keys_[rank]; }
    /// kOddMark: id() tells.
    [[nodiscard]] IdMark mark(IdRank rank) const { return marks_[rank]; }
    [[nodiscard]] KeyedId id(IdRank rank) const;
    /// Asks for the memory of both.
    [[gnu::always_inline]] void prefetch(IdRank rank) const {
        __builtin_prefetch(keys_.begin() + rank);
        __builtin_prefetch(marks_.begin() + rank);
    }

    /// Ranks of a shard begin here, and those of the next end them.
    [[nodiscard]] std::size_t begin_of(std::size_t shard) const { return shard_begins_[shard]; }
    /// Of an id of that shard: PackedId::kShort_bytes + 1 may be read from where it begins.
    [[nodiscard]] std::string_view text(std::size_t shard, IdRank rank) const {
        return truth_.ids_of(shard).packed_at(places_[rank]).text();
    }

  private:
    // An id whose rank is not known yet.
    struct Open {
        PlaceKey key;
        IdDictionary::Place place;
        DenseId number;
        std::uint32_t length;
    };
    // Cells that stand side by side.
    struct Cells {
        static constexpr std::size_t kMost = 64;

        std::array<IdDictionary::Place, kMost + 1> taken{};
        std::size_t size = 0;
        IdDictionary::Place last_empty = 0;  // none: 0
    };

    void order(std::size_t shard);
    [[nodiscard]] static Cells look_at(const IdDictionary& ids, IdDictionary::Place first);
    [[nodiscard]] Open open(const IdDictionary& ids, IdDictionary::Place place) const;
    static void insert(const IdDictionary& ids, const Open& id, std::vector<Open>& sorted);
    void rank(std::size_t shard, std::span<const Open> sorted, std::size_t first_rank);

    const GroundTruth& truth_;
    PlaceKeys key_bits_;
    std::vector<std::size_t> shard_begins_;  // and the end of the last
    IdRanks ranks_;
    HugeRoom<PlaceKey> keys_;               // by rank
    HugeRoom<IdDictionary::Place> places_;  // likewise
    HugeRoom<IdMark> marks_;                // likewise
};

}  // namespace stream_analyzer
