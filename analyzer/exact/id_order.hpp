// The ids of all shards in the order of their bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "exact/ground_truth.hpp"
#include "exact/huge_pages.hpp"
#include "exact/id_ranks.hpp"
#include "exact/key_alphabet.hpp"
#include "exact/packed_id.hpp"
#include "exact/text_arena.hpp"

namespace stream_analyzer {

/// The ids of a ground truth, which may not change while this lives, copied in order: whoever goes
/// through ranks in order goes through memory in order (measured against looking ids up in the
/// dictionary: 4.3 s of CPU time against 6.0 s
/// for 4 M records with three roll-ups and --memory 80MB). GroundTruth::order_bytes() says what it
/// needs.
///
/// Sorted by the eight bytes behind the prefix that all ids share: into thousands of buckets by a
/// first digit (KeyAlphabet), then each bucket, of which threads have their shares, likewise until
/// few ids are left. Measured on three files of a day, 15 M ids of 19 hexadecimal digits with
/// --memory 128MB: order took 7 % of the samples, 19 % when std::sort and std::nth_element made it.
class IdOrder {
  public:
    /// `on_threads` calls for 0, ..., threads - 1.
    IdOrder(const GroundTruth& truth, unsigned threads, const OnThreads& on_threads);

    [[nodiscard]] std::size_t size() const { return ranks_.size(); }
    [[nodiscard]] const IdRanks& ranks() const { return ranks_; }

    /// By rank.
    [[nodiscard]] std::string_view id(IdRank rank) const { return by_rank_[rank].id.text(); }
    /// As many bytes more may be read behind it.
    [[nodiscard]] const PackedId& packed(IdRank rank) const { return by_rank_[rank].id; }
    [[nodiscard]] Hash64 hash(IdRank rank) const { return by_rank_[rank].hash; }

    /// Whether some texts lie apart from their ids: those of more than PackedId::kShort_bytes.
    [[nodiscard]] bool has_long_texts() const { return has_long_texts_; }

    /// Ask for the memory of an id that is wanted soon; and, once that is there, for a long text.
    void prefetch_id(IdRank rank) const { __builtin_prefetch(by_rank_.begin() + rank); }
    void prefetch_long_text(IdRank rank) const {
        const PackedId& id = by_rank_[rank].id;
        if (id.is_long()) __builtin_prefetch(id.text().data());
    }

  private:
    struct Id {
        std::uint64_t key;        // eight bytes behind the prefix that all ids share
        std::uint32_t hash_high;  // tells the shard
        IdDictionary::Place place;
    };

    // All that is wanted of an id, so that it is one trip to memory; two to a cache line.
    struct alignas(32) Ranked {
        PackedId id;
        Hash64 hash;
    };
    static_assert(sizeof(Ranked) == 32);

    // What a thread does: ids of some shards, then buckets.
    struct Share {
        std::size_t first_shard = 0;
        std::size_t last_shard = 0;
        std::size_t prefix_bytes = 0;  // of the prefix, that all of its ids have
        KeyAlphabet alphabet;
        // By bucket: how many of its ids, then where the next of them goes.
        std::vector<IdRank> bucket_ends;
        std::size_t first_bucket = 0;
        std::size_t last_bucket = 0;
        TextArena long_texts;
    };

    void share_out_shards();
    [[nodiscard]] std::string_view guess_prefix() const;
    void gather(Share& share, std::string_view prefix);
    void count(Share& share) const;
    void share_out_buckets();
    void scatter(Share& share);
    void sort_buckets(const Share& share);
    // Ids whose keys are equal ahead of `place`. Leaves a few here and there that are not in order.
    void sort(std::span<Id> ids, std::span<Id> scratch, unsigned place) const;
    // Puts these in order.
    void insert(std::span<Id> ids) const;
    void rank(Share& share);

    [[nodiscard]] std::span<const Id> gathered_of(const Share& share) const {
        const std::size_t first = shard_begins_[share.first_shard];
        return {scratch_.begin() + first, shard_begins_[share.last_shard] - first};
    }
    [[nodiscard]] std::size_t shard_of(const Id& id) const {
        return truth_.shard_of(Hash64{id.hash_high} << 32U);
    }
    [[nodiscard]] std::string_view text_of(const Id& id) const {
        return truth_.ids_of(shard_of(id)).packed_at(id.place).text();
    }
    [[nodiscard]] bool is_before(const Id& a, const Id& b) const {
        return a.key != b.key ? a.key < b.key : text_of(a) < text_of(b);
    }

    const GroundTruth& truth_;
    std::vector<Share> shares_;              // by thread
    std::vector<std::size_t> shard_begins_;  // in what is by shard; and the end of the last
    KeyAlphabet alphabet_;
    KeyAlphabet::Digit first_digit_;
    std::vector<IdRank> bucket_begins_;  // and the end of the last
    HugeRoom<Id> ids_;
    HugeRoom<Id> scratch_;  // as many
    IdRanks ranks_;
    HugeRoom<Ranked> by_rank_;  // and one more, so that all are padded
    bool has_long_texts_ = false;
};

}  // namespace stream_analyzer
