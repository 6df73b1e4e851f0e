#include "exact/id_order.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

#include "core/first_bytes.hpp"

namespace stream_analyzer {

namespace {

// Ids asked for ahead: enough to hide a trip to memory.
constexpr std::size_t kAhead = 16;

// Buckets of a digit at most, so that the lines that are written stay in the second-level cache.
constexpr std::size_t kMostBuckets = 4096;

// And for each id: more leave less to compare, until the buckets themselves cost more.
constexpr std::size_t kBucketsPerId = 4;

// So few ids are put in order by insertion.
constexpr std::size_t kFew = 24;

// Ids of each shard that tell what all may begin with: two that share more by chance are not rare.
constexpr std::size_t kGuessFrom = 8;

std::size_t shared_bytes(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

std::size_t most_buckets(std::size_t ids) {
    return std::min(kMostBuckets, kBucketsPerId * ids);
}

}  // namespace

IdOrder::IdOrder(const GroundTruth& truth, unsigned threads, const OnThreads& on_threads)
    : truth_(truth), shares_(threads) {
    share_out_shards();
    const std::size_t size = shard_begins_.back();
    if (size > std::numeric_limits<IdRank>::max()) {
        throw std::length_error("more ids than can be ranked");
    }
    scratch_ = HugeRoom<Id>(size);
    ids_ = HugeRoom<Id>(size);
    const auto each = [&](auto work) {
        on_threads([&](unsigned thread) { work(shares_[thread]); });
    };

    std::string_view prefix = guess_prefix();
    for (bool is_right = false; !is_right;) {
        each([&](Share& share) { gather(share, prefix); });
        const std::size_t shared =
            std::ranges::min_element(shares_, {}, &Share::prefix_bytes)->prefix_bytes;
        is_right = shared == prefix.size();
        prefix = prefix.substr(0, shared);
    }
    for (const Share& share : shares_)
        alphabet_.unite(share.alphabet);
    alphabet_.finish();

    first_digit_ = alphabet_.digit_from(0, most_buckets(size));
    each([&](Share& share) { count(share); });
    share_out_buckets();
    each([&](Share& share) { scatter(share); });
    each([&](const Share& share) { sort_buckets(share); });
    scratch_ = {};
    ranks_ = IdRanks(truth);
    by_rank_ = HugeRoom<Ranked>(size + 1);
    by_rank_[size] = {};
    each([&](Share& share) { rank(share); });
    ids_ = {};
    has_long_texts_ = std::ranges::any_of(
        shares_, [](const Share& share) { return share.long_texts.memory_bytes() > 0; });
}

void IdOrder::share_out_shards() {
    shard_begins_.push_back(0);
    for (std::size_t shard = 0; shard < truth_.shards(); ++shard)
        shard_begins_.push_back(shard_begins_.back() + truth_.ids_of(shard).size());
    // Ids are spread evenly over shards.
    for (std::size_t i = 0; i < shares_.size(); ++i) {
        shares_[i].first_shard = truth_.shards() * i / shares_.size();
        shares_[i].last_shard = truth_.shards() * (i + 1) / shares_.size();
    }
}

std::string_view IdOrder::guess_prefix() const {
    std::optional<std::string_view> prefix;
    for (std::size_t shard = 0; shard < truth_.shards(); ++shard) {
        const IdDictionary& ids = truth_.ids_of(shard);
        for (DenseId number = 0; number < std::min(ids.size(), kGuessFrom); ++number) {
            const std::string_view id = ids.id_of(number);
            prefix = prefix ? prefix->substr(0, shared_bytes(*prefix, id)) : id;
        }
    }
    return prefix.value_or(std::string_view());
}

void IdOrder::gather(Share& share, std::string_view prefix) {
    // On its own, so that the compiler knows what writing to it does not change.
    KeyAlphabet alphabet;
    share.prefix_bytes = prefix.size();
    std::size_t next = shard_begins_[share.first_shard];
    for (std::size_t shard = share.first_shard; shard < share.last_shard; ++shard) {
        const IdDictionary& ids = truth_.ids_of(shard);
        for (DenseId number = 0; number < ids.size(); ++number) {
            if (number + kAhead < ids.size())
                ids.prefetch_id(static_cast<DenseId>(number + kAhead));
            const std::string_view id = ids.id_of(number);
            if (!id.starts_with(prefix)) {
                // Then all is gathered again.
                share.prefix_bytes = std::min(share.prefix_bytes, shared_bytes(prefix, id));
                continue;
            }
            const std::uint64_t key = first_bytes(id.substr(prefix.size()));
            alphabet.note(key);
            scratch_[next++] = {key, static_cast<std::uint32_t>(ids.hash_of(number) >> 32U),
                                ids.place_of(number)};
        }
    }
    share.alphabet = alphabet;
}

void IdOrder::count(Share& share) const {
    share.bucket_ends.assign(first_digit_.size, 0);
    for (const Id& id : gathered_of(share))
        ++share.bucket_ends[alphabet_.number(first_digit_, id.key)];
}

void IdOrder::share_out_buckets() {
    IdRank begin = 0;
    for (std::uint32_t bucket = 0; bucket < first_digit_.size; ++bucket) {
        bucket_begins_.push_back(begin);
        for (Share& share : shares_)
            begin += std::exchange(share.bucket_ends[bucket], begin);
    }
    bucket_begins_.push_back(begin);
    std::size_t bucket = 0;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
        shares_[i].first_bucket = bucket;
        const std::size_t goal = std::size_t{begin} * (i + 1) / shares_.size();
        while (bucket < first_digit_.size && bucket_begins_[bucket] < goal)
            ++bucket;
        shares_[i].last_bucket = bucket;
    }
}

void IdOrder::scatter(Share& share) {
    for (const Id& id : gathered_of(share))
        ids_[share.bucket_ends[alphabet_.number(first_digit_, id.key)]++] = id;
}

void IdOrder::sort_buckets(const Share& share) {
    for (std::size_t bucket = share.first_bucket; bucket < share.last_bucket; ++bucket) {
        const std::size_t first = bucket_begins_[bucket];
        const std::size_t size = bucket_begins_[bucket + 1] - first;
        const std::span<Id> ids(ids_.begin() + first, size);
        sort(ids, {scratch_.begin() + first, size}, first_digit_.last);
        insert(ids);
    }
}

void IdOrder::sort(std::span<Id> ids, std::span<Id> scratch, unsigned place) const {
    if (ids.size() <= kFew) return;
    const KeyAlphabet::Digit digit = alphabet_.digit_from(place, most_buckets(ids.size()));
    if (digit.size <= 1) {
        std::ranges::sort(ids, [this](const Id& a, const Id& b) { return is_before(a, b); });
        return;
    }
    std::array<IdRank, kMostBuckets> ends;
    std::fill_n(ends.begin(), digit.size, 0);
    for (const Id& id : ids)
        ++ends[alphabet_.number(digit, id.key)];
    IdRank begin = 0;
    for (std::uint32_t bucket = 0; bucket < digit.size; ++bucket)
        begin += std::exchange(ends[bucket], begin);
    std::ranges::copy(ids, scratch.begin());
    for (const Id& id : scratch)
        ids[ends[alphabet_.number(digit, id.key)]++] = id;
    begin = 0;
    for (std::uint32_t bucket = 0; bucket < digit.size; ++bucket) {
        const IdRank size = ends[bucket] - begin;
        sort(ids.subspan(begin, size), scratch.subspan(begin, size), digit.last);
        begin = ends[bucket];
    }
}

void IdOrder::insert(std::span<Id> ids) const {
    for (std::size_t i = 1; i < ids.size(); ++i) {
        const Id id = ids[i];
        std::size_t at = i;
        for (; at > 0 && is_before(id, ids[at - 1]); --at)
            ids[at] = ids[at - 1];
        ids[at] = id;
    }
}

void IdOrder::rank(Share& share) {
    const std::size_t last = bucket_begins_[share.last_bucket];
    for (std::size_t rank = bucket_begins_[share.first_bucket]; rank < last; ++rank) {
        if (rank + kAhead < last) {
            const Id& ahead = ids_[rank + kAhead];
            truth_.ids_of(shard_of(ahead)).prefetch_place(ahead.place);
        }
        const Id& id = ids_[rank];
        const std::size_t shard = shard_of(id);
        const IdDictionary& ids = truth_.ids_of(shard);
        ranks_.set(shard, ids.number_at(id.place), static_cast<IdRank>(rank));
        Ranked& ranked = by_rank_[rank];
        ranked = {ids.packed_at(id.place), Hash64{id.hash_high} << 32U | ids.hash_low_at(id.place)};
        if (ranked.id.is_long()) ranked.id.move_to(share.long_texts.keep(ranked.id.text()));
    }
}

}  // namespace stream_analyzer
