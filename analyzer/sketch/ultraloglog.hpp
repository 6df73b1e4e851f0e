// UltraLogLog: 2^P registers of one byte, each the highest rank seen and two indicator bits.
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

/// UltraLogLog (O. Ertl, "UltraLogLog: A Practical and More Space-Efficient Alternative to
/// HyperLogLog for Approximate Distinct Counting", arXiv 2308.16862) for 64-bit hashes: the top P
/// bits of a hash choose a register; its rank is the number of leading zeros of the others plus
/// one, in 1..65-P.
///
/// A register stands for the set of ranks it saw, as far as it remembers them: the largest, u, and
/// whether u - 1 and u - 2 occurred too. Its byte is 4u + 2 [u-1 seen] + [u-2 seen], 0 when it saw
/// nothing. (The paper stores the same byte plus 4P - 8.) To merge is to unite the sets.
class UltraLogLog {
  public:
    static constexpr int kMinPrecision = 3;
    static constexpr int kMaxPrecision = 18;

    /// Throws std::invalid_argument when `precision` is outside the range above.
    explicit UltraLogLog(int precision);

    void add(Hash64 hash) noexcept { add_all({&hash, 1}); }
    void add_all(std::span<const Hash64> hashes) noexcept;
    void merge(const UltraLogLog& other);
    void merge_state(std::span<const std::uint8_t> state);
    /// Becomes the union with `larger`, of a higher precision, as if every hash of it had been
    /// added here (see HyperLogLog::merge_folded: a group of registers stands for the set of all
    /// their ranks). Throws std::invalid_argument when its precision is lower.
    void merge_folded(const UltraLogLog& larger);
    void clear() noexcept;

    /// The paper's FGRA estimate (ultraloglog_estimator.hpp). Never saturated.
    [[nodiscard]] SketchEstimate estimate() const;

    /// 2^P.
    [[nodiscard]] std::size_t memory_bytes() const noexcept { return registers_.size(); }
    /// One byte a register, as described above.
    [[nodiscard]] std::span<const std::uint8_t> state() const noexcept { return registers_; }

    [[nodiscard]] int precision() const noexcept { return precision_; }

    friend bool operator==(const UltraLogLog& a, const UltraLogLog& b) {
        return a.precision_ == b.precision_ && a.registers_ == b.registers_;
    }

  private:
    /// Whether a register can hold this byte: no rank above 65 - P, and none below 1.
    [[nodiscard]] bool is_possible(std::uint8_t value) const noexcept;
    /// Unites each register with its twin. `state` is as long as this one's.
    void unite_all(std::span<const std::uint8_t> state) noexcept;
    /// The byte that a group of 2^`fewer_bits` registers from `first` on is worth in one.
    [[nodiscard]] std::uint8_t folded_value(std::size_t first, unsigned fewer_bits) const noexcept;

    /// The set of ranks of a register, rank u as bit u + 1. An empty register has u = 0, so the
    /// shift by u - 1 wraps to 63 and pushes the leading one out: the empty set, without a branch.
    static std::uint64_t unpack(unsigned value) noexcept {
        return static_cast<std::uint64_t>(4U | (value & 3U)) << (((value >> 2U) + 63U) & 63U);
    }

    /// The byte of a set of ranks that is not empty: its three top places.
    static std::uint8_t pack(std::uint64_t ranks) noexcept {
        const int zeros = std::countl_zero(ranks);  // the largest rank is 62 - zeros
        const auto top_three = static_cast<int>(std::rotl(ranks, zeros) >> 61U);
        return static_cast<std::uint8_t>(4 * (62 - zeros) + (top_three & 3));
    }

    static void insert(std::uint8_t* registers, int precision, Hash64 hash) noexcept {
        std::uint8_t& value = registers[hash >> (64 - precision)];
        // The bit set below the hash's own bits caps the rank at 65 - P.
        const Hash64 rest = (hash << precision) | (Hash64{1} << (precision - 1));
        const int rank = std::countl_zero(rest) + 1;
        value = pack(unpack(value) | std::rotl(std::uint64_t{1}, rank + 1));
    }

#if defined(__x86_64__)
    // The same for many, on processors that shift by any number in one step: 2.3 ns a hash instead
    // of 5.5 (measured, P = 12).
    static void insert_all_bmi2(std::uint8_t* registers, int precision,
                                std::span<const Hash64> hashes) noexcept;
#endif

    int precision_;
    std::vector<std::uint8_t> registers_;
    TouchedCells touched_;  // registers
};

static_assert(DistinctCounter<UltraLogLog>);

}  // namespace stream_analyzer
