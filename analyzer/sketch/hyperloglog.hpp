// HyperLogLog: 2^P registers of 6 bits, each the highest rank seen.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/hash64.hpp"
#include "sketch/distinct_counter.hpp"
#include "sketch/touched_cells.hpp"

namespace stream_analyzer {

/// HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, 2007) for 64-bit hashes: the top P bits of a
/// hash choose a register; its rank is the number of leading zeros of the other q = 64 - P bits
/// plus one, in 1..q+1; a register keeps the largest rank, 0 when it saw nothing.
///
/// Registers are packed from the least significant bit: register i holds the bits 6i..6i+5 of the
/// state, which is therefore 3 * 2^P / 4 bytes long. The estimator is a file of its own.
class HyperLogLog {
  public:
    static constexpr int kMinPrecision = 4;
    static constexpr int kMaxPrecision = 18;

    /// Throws std::invalid_argument when `precision` is outside the range above.
    explicit HyperLogLog(int precision);

    void add(Hash64 hash) noexcept { add_all({&hash, 1}); }
    void add_all(std::span<const Hash64> hashes) noexcept;
    void merge(const HyperLogLog& other);
    void merge_state(std::span<const std::uint8_t> state);
    /// Becomes the union with `larger`, of a higher precision, as if every hash of it had been
    /// added here. Throws std::invalid_argument when its precision is lower.
    ///
    /// The registers of `larger` whose index begins with this one's are a group of 2^D, with D the
    /// difference of the precisions. A hash in the first of them has D more leading zeros here; one
    /// in another has as many as that one's place in the group, written with D bits, and the rest
    /// of the hash does not count.
    void merge_folded(const HyperLogLog& larger);
    void clear() noexcept;

    /// Ertl's improved raw estimate (hyperloglog_estimator.hpp). Saturated only if every register
    /// holds the largest rank, which takes some 2^64 ids.
    [[nodiscard]] SketchEstimate estimate() const;

    /// 3 * 2^P / 4.
    [[nodiscard]] std::size_t memory_bytes() const noexcept { return packed_.size() - kPadding; }
    [[nodiscard]] std::span<const std::uint8_t> state() const noexcept {
        return {packed_.data(), memory_bytes()};
    }

    [[nodiscard]] int precision() const noexcept { return precision_; }
    /// The rank in one register, `index` < 2^P.
    [[nodiscard]] int register_value(std::size_t index) const noexcept;

    friend bool operator==(const HyperLogLog& a, const HyperLogLog& b) {
        return a.precision_ == b.precision_ && a.packed_ == b.packed_;
    }

  private:
    /// Each register becomes the larger one. `state` is as long as this one's.
    void raise_all(std::span<const std::uint8_t> state) noexcept;
    /// The rank that a group of 2^`fewer_bits` registers from `first` on is worth in one.
    [[nodiscard]] unsigned folded_rank(std::size_t first, unsigned fewer_bits) const noexcept;

    static constexpr unsigned kRegister_bits = 6;
    static constexpr unsigned kRegisterMask = (1U << kRegister_bits) - 1;
    /// One byte, always zero and not part of the state, so that every register can be read and
    /// written inside two whole bytes.
    static constexpr std::size_t kPadding = 1;

    /// The rank's update without a branch. A test that skips the store costs more than it saves:
    /// at ten ids a register it is still mispredicted often (measured on 45,000 ids, P = 12: 3.7 ns
    /// a hash against 2.1 ns).
    static void raise(std::uint8_t* packed, int precision, Hash64 hash) noexcept {
        const std::uint64_t first_bit = (hash >> (64 - precision)) * kRegister_bits;
        std::uint8_t* const bytes = packed + first_bit / 8;
        const auto shift = static_cast<unsigned>(first_bit % 8);
        // The bit set below the hash's own bits caps the rank at q + 1.
        const Hash64 rest = (hash << precision) | (Hash64{1} << (precision - 1));
        const auto rank = static_cast<unsigned>(std::countl_zero(rest)) + 1;

        unsigned pair = bytes[0] | (static_cast<unsigned>(bytes[1]) << 8U);
        const unsigned before = (pair >> shift) & kRegisterMask;
        const unsigned after = before < rank ? rank : before;
        pair ^= (before ^ after) << shift;
        bytes[0] = static_cast<std::uint8_t>(pair & 0xffU);
        bytes[1] = static_cast<std::uint8_t>(pair >> 8U);
    }

    int precision_;
    std::vector<std::uint8_t> packed_;
    TouchedCells touched_;  // groups of four registers, which fill three bytes
};

static_assert(DistinctCounter<HyperLogLog>);

}  // namespace stream_analyzer
