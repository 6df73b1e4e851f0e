// Every distinct id once, with a dense number: 0, 1, 2, ... in order of first sight.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/hash64.hpp"
#include "exact/huge_pages.hpp"
#include "exact/packed_id.hpp"
#include "exact/text_arena.hpp"

namespace stream_analyzer {

/// A dense number of an id within one dictionary. It depends on timing and never leaves memory.
using DenseId = std::uint32_t;

/// An id to look up. Borrowed: `id` must live as long as the call.
struct HashedId {
    Hash64 hash = 0;
    PackedId id;

    HashedId() = default;
    HashedId(Hash64 its_hash, std::string_view text) : hash(its_hash), id(text, its_hash) {}
    HashedId(Hash64 its_hash, const PackedId& packed) : hash(its_hash), id(packed) {}
};

/// An open-addressing table of cells that hold the ids themselves (long ones by address), so that a
/// known id costs one trip to memory. Ids are compared byte for byte: two ids with the same hash
/// stay two. 43 to 85 bytes an id for the table, 16 for what is known of its number, and the text
/// of an id of more than PackedId::kShort_bytes.
class IdDictionary {
  public:
    IdDictionary();

    static constexpr DenseId kNone = UINT32_MAX;

    /// The dense number of an id if it is found at first sight, else kNone: then find_or_enter()
    /// knows. A short id stands in one of two cells that share a cache line, but for 7 to 24 % (by
    /// how full the table is). Which of the two cannot be foretold, so there is no branch.
    [[nodiscard]] DenseId find_at_once(const HashedId& id) const {
        const Cell* const pair = &cells_[first_cell(id.hash)];
        return (pair[0].number_if(id.id) | pair[1].number_if(id.id)) - 1;
    }
    /// The dense number of an id, a new one being entered.
    [[nodiscard]] DenseId find_or_enter(const HashedId& id);

    /// Asks for the memory that find_at_once() looks at.
    void prefetch(Hash64 hash) const { __builtin_prefetch(&cells_[first_cell(hash)]); }
    /// And, once that is there, for what find_or_enter() will look at if it was not found at once:
    /// the text of a long id, the next two cells. Inlined by force: g++ 12 leaves out calls of
    /// functions that only prefetch.
    [[gnu::always_inline]] void prefetch_next(const HashedId& id) const {
        const std::size_t first = first_cell(id.hash);
        if (id.id.is_long()) {
            const std::size_t is_second = cells_[first + 1].id.may_equal(id.id) ? 1 : 0;
            cells_[first + is_second].id.prefetch_text();
        }
        __builtin_prefetch(&cells_[(first + 2) & (cells_.size() - 1)]);
    }

    [[nodiscard]] std::size_t size() const { return known_.size(); }
    [[nodiscard]] Hash64 hash_of(DenseId number) const { return known_[number].hash; }
    [[gnu::always_inline]] void prefetch_hash(DenseId number) const {
        __builtin_prefetch(&known_[number]);
    }
    [[nodiscard]] std::uint32_t length_of(DenseId number) const { return known_[number].length; }
    /// Valid until the next find_or_enter.
    [[nodiscard]] std::string_view id_of(DenseId number) const {
        return cells_[known_[number].cell].id.text();
    }

    /// Where an id stands in the table; until the next find_or_enter.
    using Place = std::uint32_t;
    /// Asks for it ahead of all of the following; number by number, that costs no trip to memory.
    void prefetch_id(DenseId number) const { prefetch_place(known_[number].cell); }
    [[nodiscard]] Place place_of(DenseId number) const { return known_[number].cell; }
    /// All of these are one trip to memory, which prefetch_place() asks for.
    [[nodiscard]] const PackedId& packed_at(Place place) const { return cells_[place].id; }
    [[nodiscard]] DenseId number_at(Place place) const { return cells_[place].number_plus_one - 1; }
    [[nodiscard]] std::uint32_t hash_low_at(Place place) const { return cells_[place].hash_low; }
    void prefetch_place(Place place) const { __builtin_prefetch(&cells_[place]); }

    /// Cells of the table, a multiple of 1024: a walk over them meets the ids in about the order of
    /// the low halves of their hashes. Those that are wrapped come behind all others in it.
    [[nodiscard]] std::size_t places() const { return cells_.size(); }
    [[nodiscard]] bool is_empty_at(Place place) const { return cells_[place].number_plus_one == 0; }
    [[nodiscard]] bool is_wrapped_at(Place place) const {
        return place < first_cell(cells_[place].hash_low);
    }

    /// Forgets all ids. So many need not grow the table then, which costs more than to enter them.
    void clear(std::size_t expected_ids);

    /// Bytes in use.
    [[nodiscard]] std::size_t memory_bytes() const {
        return cells_.size() * sizeof(Cell) + known_.size() * sizeof(Known) +
               long_texts_.memory_bytes();
    }

    /// Of them, those of the texts of long ids.
    [[nodiscard]] std::size_t long_text_bytes() const { return long_texts_.memory_bytes(); }

  private:
    // Two to a cache line.
    struct alignas(32) Cell {
        PackedId id;
        DenseId number_plus_one = 0;  // 0: empty
        std::uint32_t hash_low = 0;   // the hash's low half: its high bits choose the pair

        // Of that id, plus one; else 0. Not of each long id.
        [[nodiscard]] DenseId number_if(const PackedId& wanted) const {
            return number_plus_one & (0U - static_cast<DenseId>(id.is_same_word_for_word(wanted)));
        }
    };
    static_assert(sizeof(Cell) == 32);

    // By dense number.
    struct Known {
        Hash64 hash;
        std::uint32_t length;
        std::uint32_t cell;
    };

    // The first of a pair. The hash's high half chooses the shard that this dictionary is in.
    [[nodiscard]] std::size_t first_cell(Hash64 hash) const {
        return std::size_t{static_cast<std::uint32_t>(hash) >> pair_shift_} * 2;
    }
    [[nodiscard]] DenseId enter(const HashedId& id, std::size_t cell);
    void grow();

    using Cells = std::vector<Cell, HugePageAllocator<Cell>>;

    Cells cells_;          // a power of two
    unsigned pair_shift_;  // 32 - log2 of half of them
    std::vector<Known> known_;
    TextArena long_texts_;
};

}  // namespace stream_analyzer
