// The places of ids in an order of all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "exact/ground_truth.hpp"
#include "exact/huge_pages.hpp"

namespace stream_analyzer {

/// An id's place among all ids of a ground truth.
using IdRank = std::uint32_t;

/// Calls its argument for each thread, at the same time or not, and returns when all are done.
using OnThreads = std::function<void(const std::function<void(unsigned thread)>&)>;

/// Ranks by shard and dense number. They are set by whoever makes the order.
class IdRanks {
  public:
    IdRanks() = default;
    explicit IdRanks(const GroundTruth& truth) {
        shard_begins_.push_back(0);
        for (std::size_t shard = 0; shard < truth.shards(); ++shard)
            shard_begins_.push_back(shard_begins_.back() + truth.ids_of(shard).size());
        ranks_ = HugeRoom<IdRank>(shard_begins_.back());
    }

    [[nodiscard]] std::size_t size() const { return ranks_.size(); }
    void set(std::size_t shard, DenseId number, IdRank rank) {
        ranks_[shard_begins_[shard] + number] = rank;
    }
    [[nodiscard]] IdRank of(std::size_t shard, DenseId number) const {
        return ranks_[shard_begins_[shard] + number];
    }
    /// Asks for the memory that of() will read.
    [[gnu::always_inline]] void prefetch(std::size_t shard, DenseId number) const {
        __builtin_prefetch(ranks_.begin() + shard_begins_[shard] + number);
    }

  private:
    std::vector<std::size_t> shard_begins_;  // and the end of the last
    HugeRoom<IdRank> ranks_;
};

}  // namespace stream_analyzer
