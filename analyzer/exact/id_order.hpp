// The ids of all shards in the order of their bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "exact/ground_truth.hpp"

namespace stream_analyzer {

/// An id's place among all ids of a ground truth.
using IdRank = std::uint32_t;

/// Ranks for the ids of a ground truth, which may not change while this lives. 20 bytes an id.
///
/// Made in three steps so that threads can share the second: the constructor, sort_part for every
/// part (each once, in any order, at the same time), rank_all.
class IdOrder {
  public:
    IdOrder(const GroundTruth& truth, std::size_t parts);

    void sort_part(std::size_t part);
    void rank_all();

    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    [[nodiscard]] IdRank rank_of(std::size_t shard, DenseId number) const {
        return ranks_[shard][number];
    }

    /// By rank.
    [[nodiscard]] std::string_view id(IdRank rank) const {
        return truth_.ids_of(ids_[rank].shard).id_of(ids_[rank].number);
    }
    [[nodiscard]] Hash64 hash(IdRank rank) const {
        return truth_.ids_of(ids_[rank].shard).hash_of(ids_[rank].number);
    }
    /// Asks for the memory of an id that is wanted soon: first for its number, a while later, and a
    /// while ahead of the id itself, for its text.
    void prefetch_number(IdRank rank) const {
        truth_.ids_of(ids_[rank].shard).prefetch_number(ids_[rank].number);
    }
    void prefetch_id(IdRank rank) const {
        truth_.ids_of(ids_[rank].shard).prefetch_id(ids_[rank].number);
    }

  private:
    struct Id {
        std::uint64_t key;  // eight bytes behind the prefix that all ids share
        std::uint32_t shard;
        DenseId number;
    };

    [[nodiscard]] bool is_before(const Id& a, const Id& b) const;
    [[nodiscard]] std::size_t common_prefix() const;

    const GroundTruth& truth_;
    std::vector<Id> ids_;
    std::vector<std::size_t> part_ends_;
    std::vector<std::vector<IdRank>> ranks_;  // by shard and dense number
};

}  // namespace stream_analyzer
