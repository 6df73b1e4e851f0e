#include "exact/id_order.hpp"

#include <algorithm>

#include "core/first_bytes.hpp"

namespace stream_analyzer {

namespace {

// Ids asked for ahead: enough to hide a trip to memory.
constexpr std::size_t kAhead = 16;

}  // namespace

IdOrder::IdOrder(const GroundTruth& truth, std::size_t parts) : truth_(truth) {
    const std::size_t prefix = common_prefix();
    ids_.reserve(truth.ids());
    for (std::uint32_t shard = 0; shard < truth.shards(); ++shard) {
        const IdDictionary& ids = truth.ids_of(shard);
        for (DenseId number = 0; number < ids.size(); ++number) {
            ids_.push_back({first_bytes(ids.id_of(number).substr(prefix)), shard, number});
        }
    }
    // Parts that can be sorted by themselves: each begins where the one before it ends.
    for (std::size_t part = 0; part < parts; ++part) {
        const std::size_t begin = part == 0 ? 0 : part_ends_.back();
        const std::size_t end = part + 1 == parts ? ids_.size() : ids_.size() * (part + 1) / parts;
        if (end < ids_.size()) {
            const auto first = ids_.begin();
            std::nth_element(first + static_cast<std::ptrdiff_t>(begin),
                             first + static_cast<std::ptrdiff_t>(end), ids_.end(),
                             [this](const Id& a, const Id& b) { return is_before(a, b); });
        }
        part_ends_.push_back(end);
    }
}

std::size_t IdOrder::common_prefix() const {
    std::string_view shared;
    bool is_first = true;
    for (std::size_t shard = 0; shard < truth_.shards(); ++shard) {
        const IdDictionary& ids = truth_.ids_of(shard);
        for (DenseId number = 0; number < ids.size(); ++number) {
            const std::string_view id = ids.id_of(number);
            if (is_first) shared = id;
            is_first = false;
            if (id.starts_with(shared)) continue;
            std::size_t length = 0;
            while (length < id.size() && id[length] == shared[length])
                ++length;
            shared = shared.substr(0, length);
        }
    }
    return shared.size();
}

bool IdOrder::is_before(const Id& a, const Id& b) const {
    if (a.key != b.key) return a.key < b.key;
    return truth_.ids_of(a.shard).id_of(a.number) < truth_.ids_of(b.shard).id_of(b.number);
}

void IdOrder::sort_part(std::size_t part) {
    const std::size_t begin = part == 0 ? 0 : part_ends_[part - 1];
    const auto first = ids_.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = ids_.begin() + static_cast<std::ptrdiff_t>(part_ends_[part]);
    // By the keys alone, which are at hand; the few ids that share one are put in order afterwards.
    std::sort(first, last, [](const Id& a, const Id& b) { return a.key < b.key; });
    for (auto run = first; run != last;) {
        const auto end = std::find_if(run, last, [&](const Id& id) { return id.key != run->key; });
        if (end - run > 1) {
            std::sort(run, end, [this](const Id& a, const Id& b) { return is_before(a, b); });
        }
        run = end;
    }
}

void IdOrder::rank_all() {
    ranks_.resize(truth_.shards());
    for (std::size_t shard = 0; shard < truth_.shards(); ++shard) {
        ranks_[shard].resize(truth_.ids_of(shard).size());
    }
    std::size_t long_text_bytes = 0;
    for (std::size_t shard = 0; shard < truth_.shards(); ++shard) {
        const IdDictionary& ids = truth_.ids_of(shard);
        for (DenseId number = 0; number < ids.size(); ++number) {
            const std::size_t length = ids.length_of(number);
            if (length > PackedId::kShort_bytes) long_text_bytes += length;
        }
    }
    long_texts_.reserve(long_text_bytes);  // it never moves
    by_rank_.reserve(ids_.size());
    for (std::size_t rank = 0; rank < ids_.size(); ++rank) {
        if (rank + 2 * kAhead < ids_.size()) {
            const Id& ahead = ids_[rank + 2 * kAhead];
            truth_.ids_of(ahead.shard).prefetch_number(ahead.number);
        }
        if (rank + kAhead < ids_.size()) {
            const Id& ahead = ids_[rank + kAhead];
            truth_.ids_of(ahead.shard).prefetch_id(ahead.number);
        }
        const Id& id = ids_[rank];
        const IdDictionary& ids = truth_.ids_of(id.shard);
        ranks_[id.shard][id.number] = static_cast<IdRank>(rank);
        const Hash64 hash = ids.hash_of(id.number);
        by_rank_.push_back({PackedId(ids.id_of(id.number), hash), hash});
        if (PackedId& packed = by_rank_.back().id; packed.is_long()) {
            const std::size_t begin = long_texts_.size();
            long_texts_.append(packed.text());
            packed.move_to(long_texts_.data() + begin);
        }
    }
    ids_ = {};
}

}  // namespace stream_analyzer
