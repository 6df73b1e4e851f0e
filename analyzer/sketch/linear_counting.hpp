// Linear counting: a bitmap, one bit per hash, and the share of bits still zero.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/hash64.hpp"
#include "sketch/distinct_counter.hpp"
#include "sketch/touched_cells.hpp"

namespace stream_analyzer {

/// Linear counting (Whang, Vander-Zanden, Taylor: "A Linear-Time Probabilistic Counting Algorithm
/// for Database Applications", ACM TODS 15(2), 1990) on a bitmap of m = 8 * SIZE bits.
///
/// The bit of a hash is floor(hash * m / 2^64), so any m works without bias, and a bitmap folds to
/// a divisor of its size by OR of adjacent bits. Bit i is bit (i mod 8), counted from the least
/// significant, of byte i / 8.
class LinearCounting {
  public:
    /// Below 8 bytes a handful of ids fills the bitmap; above 1 GiB it is good for over 10^11 ids.
    static constexpr std::uint64_t kMinSize_bytes = 8;
    static constexpr std::uint64_t kMaxSize_bytes = std::uint64_t{1} << 30U;

    /// Throws std::invalid_argument when `size_bytes` is outside the range above.
    explicit LinearCounting(std::uint64_t size_bytes);

    void add(Hash64 hash) noexcept { add_all({&hash, 1}); }
    void add_all(std::span<const Hash64> hashes) noexcept;
    void merge(const LinearCounting& other);
    void merge_state(std::span<const std::uint8_t> state);
    /// Becomes the union with `larger`, whose size is a multiple of this one's, as if every hash of
    /// it had been added here. Throws std::invalid_argument for another size.
    void merge_folded(const LinearCounting& larger);
    void clear() noexcept;

    /// m ln(m / V) with V zero bits, the paper's maximum likelihood estimate. With V = 0 there is
    /// none: saturated.
    [[nodiscard]] SketchEstimate estimate() const;

    /// SIZE.
    [[nodiscard]] std::size_t memory_bytes() const noexcept { return bits_.size(); }
    [[nodiscard]] std::span<const std::uint8_t> state() const noexcept { return bits_; }

    /// m, the number of bits.
    [[nodiscard]] std::uint64_t bit_count() const noexcept { return 8 * bits_.size(); }
    /// V, the number of bits still zero. Linear in SIZE, unless few bytes were touched.
    [[nodiscard]] std::uint64_t zero_bits() const noexcept;

    friend bool operator==(const LinearCounting& a, const LinearCounting& b) {
        return a.bits_ == b.bits_;
    }

  private:
    static std::uint64_t bit_of(std::uint64_t bit_count, Hash64 hash) noexcept {
        __extension__ typedef unsigned __int128 Product;  // ISO C++ has no 128-bit product
        return static_cast<std::uint64_t>((Product{hash} * bit_count) >> 64U);
    }

    static void set_bit(std::uint8_t* bits, std::uint64_t bit_count, Hash64 hash) noexcept {
        const std::uint64_t bit = bit_of(bit_count, hash);
        bits[bit / 8] = static_cast<std::uint8_t>(bits[bit / 8] | (1U << (bit % 8)));
    }

    std::vector<std::uint8_t> bits_;
    TouchedCells touched_;  // bytes
};

static_assert(DistinctCounter<LinearCounting>);

}  // namespace stream_analyzer
