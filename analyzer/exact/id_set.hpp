// A set of dense ids: the distinct ids of one window.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "exact/id_dictionary.hpp"

namespace stream_analyzer {

/// 16 bytes and nothing more while it holds at most two ids; then an open-addressing table of
/// numbers; then, once its next size would be the larger, a bitmap over the numbers of its
/// dictionary with an eighth to spare. Lossless in every form.
class IdSet {
  public:
    IdSet() = default;
    IdSet(IdSet&& other) noexcept;
    IdSet& operator=(IdSet&& other) noexcept;
    IdSet(const IdSet&) = delete;
    IdSet& operator=(const IdSet&) = delete;
    ~IdSet();

    /// Adds `number`; `universe` is the number of ids in the dictionary (> number). Amortised O(1).
    /// Returns by how many bytes the heap grew.
    std::size_t insert(DenseId number, std::size_t universe) {
        if (number < bitmap_bits()) {
            std::uint64_t& word = bitmap()[number / 64];
            const std::uint64_t bit = std::uint64_t{1} << (number % 64);
            count_ += (word & bit) == 0 ? 1 : 0;
            word |= bit;
            return 0;
        }
        const std::size_t before_bytes = memory_bytes();
        insert_slowly(number, universe);
        return memory_bytes() - before_bytes;
    }

    /// The same for many, without a look at the set's form for each.
    std::size_t insert_all(std::span<const DenseId> numbers, std::size_t universe);

    [[nodiscard]] std::size_t size() const { return count_; }

    /// Calls visit(DenseId) once for each id; ascending when the set is a bitmap.
    template <typename Visit>
    void for_each(Visit visit) const {
        if (form() == Form::bitmap) {
            for (std::size_t word = 0; word < bitmap_bits() / 64; ++word) {
                for (std::uint64_t bits = bitmap()[word]; bits != 0; bits &= bits - 1) {
                    visit(static_cast<DenseId>(word * 64 +
                                               static_cast<std::size_t>(std::countr_zero(bits))));
                }
            }
        } else if (form() == Form::table) {
            // Empty slots are as frequent as others: which is which cannot be foretold, so there is
            // no branch.
            std::array<DenseId, kSlotsAtOnce> found;
            const std::size_t at_once = std::min(kSlotsAtOnce, table_slots());
            for (std::size_t first = 0; first < table_slots(); first += at_once) {
                std::size_t size = 0;
                for (std::size_t slot = first; slot < first + at_once; ++slot) {
                    found[size] = table()[slot] - 1;
                    size += table()[slot] != 0 ? 1 : 0;
                }
                for (std::size_t i = 0; i < size; ++i)
                    visit(found[i]);
            }
        } else {
            for (std::uint32_t i = 0; i < count_; ++i) {
                visit(content_.pair[i]);
            }
        }
    }

    /// Bytes on the heap.
    [[nodiscard]] std::size_t memory_bytes() const;

  private:
    // Sets are shared by threads: the line is mostly in another processor's cache. The compiler
    // would ask for a copy to read, since not every x86-64 processor knows better; those that do
    // not take the instruction for none.
    static void prefetch_for_writing(const void* address) {
#if defined(__x86_64__)
        __asm__ volatile("prefetchw (%0)" : : "r"(address));
#else
        __builtin_prefetch(address, 1);
#endif
    }

    enum class Form : std::uint8_t { pair, table, bitmap };
    static constexpr std::uint32_t kIsBitmap = 0x80000000U;
    static constexpr std::size_t kSlotsAtOnce = 64;

    [[nodiscard]] Form form() const {
        if (extent_ == 0) return Form::pair;
        return (extent_ & kIsBitmap) != 0 ? Form::bitmap : Form::table;
    }
    /// 0 unless the set is a bitmap.
    [[nodiscard]] std::size_t bitmap_bits() const {
        return (extent_ & kIsBitmap) != 0 ? std::size_t{extent_ & ~kIsBitmap} * 1024 : 0;
    }
    [[nodiscard]] std::size_t table_slots() const {
        return std::size_t{1} << extent_;
    }
    [[nodiscard]] std::uint32_t* table() const {
        return static_cast<std::uint32_t*>(content_.heap);
    }
    [[nodiscard]] std::uint64_t* bitmap() const {
        return static_cast<std::uint64_t*>(content_.heap);
    }

    /// The first of them, as far as the bitmap (if it is one) reaches; returns how many.
    std::size_t insert_in_bitmap(std::span<const DenseId> numbers);
    void insert_slowly(DenseId number, std::size_t universe);
    [[nodiscard]] bool insert_in_table(DenseId number);
    void make_table(std::uint32_t log2_slots);
    void make_bitmap(std::size_t universe);
    void enlarge(std::size_t universe);

    union Content {
        DenseId pair[2] = {0, 0};
        void* heap;  // the table's numbers plus one (0: empty slot), or the bitmap's words
    };

    Content content_;
    std::uint32_t count_ = 0;
    // 0: a pair; kIsBitmap | kilobits of the bitmap; else log2 of the table's slots.
    std::uint32_t extent_ = 0;
};
static_assert(sizeof(IdSet) == 16);

}  // namespace stream_analyzer
