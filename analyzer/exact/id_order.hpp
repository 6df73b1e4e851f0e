// The ids of all shards in the order of their bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exact/ground_truth.hpp"
#include "exact/huge_pages.hpp"
#include "exact/packed_id.hpp"

namespace stream_analyzer {

/// An id's place among all ids of a ground truth.
using IdRank = std::uint32_t;

/// The ids of a ground truth, which may not change while this lives, copied in order: whoever goes
/// through ranks in order goes through memory in order (measured against looking ids up in the
/// dictionary: 4.3 s of CPU time against 6.0 s
/// for 4 M records with three roll-ups and --memory 80MB). GroundTruth::order_bytes() says what it
/// needs.
///
/// Made in three steps so that threads can share the second: the constructor, sort_part for every
/// part (each once, in any order, at the same time), rank_all.
class IdOrder {
  public:
    IdOrder(const GroundTruth& truth, std::size_t parts);

    void sort_part(std::size_t part);
    void rank_all();

    [[nodiscard]] std::size_t size() const { return by_rank_.size(); }
    [[nodiscard]] IdRank rank_of(std::size_t shard, DenseId number) const {
        return ranks_[shard][number];
    }
    /// Asks for the memory that rank_of will read.
    void prefetch_rank(std::size_t shard, DenseId number) const {
        __builtin_prefetch(ranks_[shard].data() + number);
    }

    /// By rank.
    [[nodiscard]] std::string_view id(IdRank rank) const { return by_rank_[rank].id.text(); }
    [[nodiscard]] Hash64 hash(IdRank rank) const { return by_rank_[rank].hash; }

    /// Whether some texts lie apart from their ids: those of more than PackedId::kShort_bytes.
    [[nodiscard]] bool has_long_texts() const { return !long_texts_.empty(); }

    /// Ask for the memory of an id that is wanted soon; and, once that is there, for a long text.
    void prefetch_id(IdRank rank) const { __builtin_prefetch(by_rank_.data() + rank); }
    void prefetch_long_text(IdRank rank) const {
        const PackedId& id = by_rank_[rank].id;
        if (id.is_long()) __builtin_prefetch(id.text().data());
    }

  private:
    struct Id {
        std::uint64_t key;  // eight bytes behind the prefix that all ids share
        std::uint32_t shard;
        DenseId number;
    };

    // All that is wanted of an id, so that it is one trip to memory; two to a cache line.
    struct alignas(32) Ranked {
        PackedId id;
        Hash64 hash;
    };
    static_assert(sizeof(Ranked) == 32);

    [[nodiscard]] bool is_before(const Id& a, const Id& b) const;
    [[nodiscard]] std::size_t common_prefix() const;

    const GroundTruth& truth_;
    std::vector<Id> ids_;
    std::vector<std::size_t> part_ends_;
    std::vector<std::vector<IdRank>> ranks_;  // by shard and dense number
    std::vector<Ranked, HugePageAllocator<Ranked>> by_rank_;
    std::string long_texts_;  // by rank
};

}  // namespace stream_analyzer
