// Every distinct id once, with a dense number: 0, 1, 2, ... in order of first sight.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/hash64.hpp"
#include "exact/huge_pages.hpp"

namespace stream_analyzer {

/// A dense number of an id within one dictionary. It depends on timing and never leaves memory.
using DenseId = std::uint32_t;

/// An id to look up. Borrowed: `id` must live as long as the call.
struct HashedId {
    Hash64 hash = 0;
    std::string_view id;
};

/// An open-addressing table of {hash tag, dense number} over an array of entries. Ids are compared
/// byte for byte, so two ids with the same hash stay two. About 32 bytes an id for the entry (which
/// holds ids of up to 20 bytes itself), 8 to 16 for the table.
class IdDictionary {
  public:
    IdDictionary();

    /// The dense numbers of `ids`, new ones being entered; as many `numbers` as `ids`. Memory is
    /// asked for some ids ahead, so that the waits of many ids overlap.
    void intern(std::span<const HashedId> ids, std::span<DenseId> numbers);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] Hash64 hash_of(DenseId number) const { return entries_[number].hash; }
    [[nodiscard]] std::uint32_t length_of(DenseId number) const { return entries_[number].length; }
    /// Valid until the next intern.
    [[nodiscard]] std::string_view id_of(DenseId number) const;

  private:
    static constexpr std::size_t kInlineLength = 20;
    static constexpr std::size_t kArenaBlock_bytes = std::size_t{1} << 20U;

    // Two to a cache line. A longer id stands in the arena and `text` begins with its address.
    struct alignas(32) Entry {
        Hash64 hash;
        std::uint32_t length;
        std::array<char, kInlineLength> text;
    };
    static_assert(sizeof(Entry) == 32);

    // High half: bits 32..63 of the hash. Low half: the dense number plus one; 0 is an empty slot.
    using Slot = std::uint64_t;

    [[nodiscard]] static Slot tag_of(Hash64 hash) { return hash & 0xffffffff00000000U; }
    void prefetch_entry(Hash64 hash) const {
        const auto number_plus_one = static_cast<DenseId>(slots_[hash & mask_]);
        if (number_plus_one != 0) __builtin_prefetch(entries_.data() + number_plus_one - 1);
    }
    [[nodiscard]] DenseId find_or_enter(const HashedId& id);
    [[nodiscard]] DenseId enter(const HashedId& id, std::size_t slot);
    [[nodiscard]] const char* text_of(const Entry& entry) const;
    [[nodiscard]] const char* keep(std::string_view id);
    void grow();

    std::vector<Slot, HugePageAllocator<Slot>> slots_;  // a power of two
    std::size_t mask_;
    std::vector<Entry, HugePageAllocator<Entry>> entries_;
    std::vector<std::unique_ptr<char[]>> arena_;
    std::size_t arena_left_bytes_ = 0;
    char* arena_next_ = nullptr;
};

}  // namespace stream_analyzer
