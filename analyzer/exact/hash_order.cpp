#include "exact/hash_order.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace stream_analyzer {

HashOrder::HashOrder(const GroundTruth& truth, unsigned threads, const OnThreads& on_threads)
    : truth_(truth), key_bits_(truth.shard_bits()), ranks_(truth) {
    const std::size_t size = ranks_.size();
    if (size > std::numeric_limits<IdRank>::max()) {
        throw std::length_error("more ids than can be ranked");
    }
    shard_begins_.push_back(0);
    for (std::size_t shard = 0; shard < truth.shards(); ++shard)
        shard_begins_.push_back(shard_begins_.back() + truth.ids_of(shard).size());
    keys_ = HugeRoom<PlaceKey>(size);
    places_ = HugeRoom<IdDictionary::Place>(size);
    marks_ = HugeRoom<IdMark>(size);
    // Ids are spread evenly over shards.
    on_threads([&](unsigned thread) {
        for (std::size_t shard = truth.shards() * thread / threads;
             shard < truth.shards() * (thread + 1) / threads; ++shard) {
            order(shard);
        }
    });
}

// An id stands at the cell that its hash says, or behind it without an empty cell between the two:
// behind an empty cell all ids have greater keys than ahead of it. So few are in order and wait for
// their rank at any time, but those that found no room at the end of the table and stand at its
// beginning.
void HashOrder::order(std::size_t shard) {
    const IdDictionary& ids = truth_.ids_of(shard);
    std::vector<Open> sorted;
    std::vector<IdDictionary::Place> wrapped;
    std::size_t next_rank = shard_begins_[shard];
    const auto rank_until = [&](IdDictionary::Place empty) {
        // Most are ahead of it, and those behind it are few.
        auto end = sorted.end();
        while (end != sorted.begin() && (end - 1)->place > empty)
            --end;
        rank(shard, {sorted.begin(), end}, next_rank);
        next_rank += static_cast<std::size_t>(end - sorted.begin());
        sorted.erase(sorted.begin(), end);
    };
    Cells cells = look_at(ids, 0);
    for (std::size_t first = 0; first < ids.places(); first += Cells::kMost) {
        const std::size_t next = first + Cells::kMost;
        const Cells next_cells =
            next < ids.places() ? look_at(ids, static_cast<IdDictionary::Place>(next)) : Cells();
        for (const IdDictionary::Place place : std::span(cells.taken).first(cells.size)) {
            if (ids.is_wrapped_at(place)) {
                wrapped.push_back(place);
            } else {
                insert(ids, open(ids, place), sorted);
            }
        }
        if (cells.last_empty > 0) rank_until(cells.last_empty);
        cells = next_cells;
    }
    for (const IdDictionary::Place place : wrapped)
        insert(ids, open(ids, place), sorted);
    rank(shard, sorted, next_rank);
}

// Which cells are empty cannot be foretold, so there is no branch. What is known of the ids is
// asked for, to be there when these cells' turn comes.
HashOrder::Cells HashOrder::look_at(const IdDictionary& ids, IdDictionary::Place first) {
    Cells cells;
    for (IdDictionary::Place place = first; place < first + Cells::kMost; ++place) {
        const bool is_empty = ids.is_empty_at(place);
        cells.taken[cells.size] = place;
        cells.size += is_empty ? 0 : 1;
        cells.last_empty = is_empty ? place : cells.last_empty;
    }
    for (const IdDictionary::Place place : std::span(cells.taken).first(cells.size))
        ids.prefetch_hash(ids.number_at(place));
    return cells;
}

HashOrder::Open HashOrder::open(const IdDictionary& ids, IdDictionary::Place place) const {
    const DenseId number = ids.number_at(place);
    return {.key = key_bits_.key_of(ids.hash_of(number)),
            .place = place,
            .number = number,
            .length = ids.length_of(number)};
}

// It passes few: all are near the cells that they looked for.
void HashOrder::insert(const IdDictionary& ids, const Open& id, std::vector<Open>& sorted) {
    const auto is_before = [&](const Open& other) {
        if (id.key != other.key) return id.key < other.key;
        return ids.packed_at(id.place).text() < ids.packed_at(other.place).text();
    };
    sorted.push_back(id);
    std::size_t at = sorted.size() - 1;
    for (; at > 0 && is_before(sorted[at - 1]); --at)
        sorted[at] = sorted[at - 1];
    sorted[at] = id;
}

void HashOrder::rank(std::size_t shard, std::span<const Open> sorted, std::size_t first_rank) {
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const Open& id = sorted[i];
        const std::size_t rank = first_rank + i;
        const bool is_twin = rank > shard_begins_[shard] && keys_[rank - 1] == id.key;
        keys_[rank] = id.key;
        places_[rank] = id.place;
        marks_[rank] =
            static_cast<IdMark>(is_twin ? kOddMark : std::min<std::uint32_t>(id.length, kOddMark));
        ranks_.set(shard, id.number, static_cast<IdRank>(rank));
    }
}

KeyedId HashOrder::id(IdRank rank) const {
    const PlaceKey key = keys_[rank];
    KeyedId id{.key = key, .length = marks_[rank], .twin = 0};
    if (marks_[rank] != kOddMark) return id;
    const std::size_t shard = key_bits_.shard_of(key);
    id.length = static_cast<std::uint32_t>(text(shard, rank).size());
    for (std::size_t first = rank; first > shard_begins_[shard] && keys_[first - 1] == key; --first)
        ++id.twin;
    return id;
}

}  // namespace stream_analyzer
