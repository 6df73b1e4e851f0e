// Random numbers that are a function of (seed, purpose, index): a record's draws do not depend on
// any other record, nor on the machine. Integers only.
#pragma once

#include <cstdint>

#include "core/hash64.hpp"

namespace stream_analyzer {

/// What numbers are drawn for. Each purpose has streams of its own, so that, say, asking for late
/// records leaves the users of the records alone. The values are part of the output: never change.
enum class DrawPurpose : std::uint64_t {
    user = 1,
    lateness = 2,
    text = 3,
    fragments = 4,
    order = 5,
    id_text = 6,
    bad_line = 7,
};

/// 2^64 divided by the golden ratio, made odd: the increment of SplitMix64 (Steele, Lea, Flood,
/// OOPSLA 2014).
inline constexpr std::uint64_t kGoldenGamma = 0x9e3779b97f4a7c15U;

/// A SplitMix64 sequence.
class Draws {
  public:
    constexpr explicit Draws(std::uint64_t state) : state_(state) {}

    /// Uniform in 64 bits.
    constexpr std::uint64_t next() {
        state_ += kGoldenGamma;
        return mix64(state_);
    }

    /// Uniform in [0, limit) up to a bias below limit / 2^64. `limit` is not 0.
    constexpr std::uint64_t below(std::uint64_t limit) {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((Wide{next()} * limit) >> 64U);
    }

  private:
    std::uint64_t state_;
};

/// All sequences of one purpose.
class DrawStreams {
  public:
    constexpr DrawStreams(std::uint64_t seed, DrawPurpose purpose)
        : key_(mix64(mix64(seed) + kGoldenGamma * static_cast<std::uint64_t>(purpose))) {}

    /// The sequence of the index-th record (window, line, ...).
    [[nodiscard]] constexpr Draws at(std::uint64_t index) const {
        return Draws(mix64(key_ + index * kGoldenGamma));
    }

    [[nodiscard]] constexpr std::uint64_t key() const { return key_; }

  private:
    std::uint64_t key_;
};

/// A bijection of [0, size) in no visible order, computed without a table.
class KeyedPermutation {
  public:
    /// `size` is not 0 and below 2^63.
    KeyedPermutation(std::uint64_t size, std::uint64_t key);

    /// \pre position < size. A few multiplications on average.
    [[nodiscard]] std::uint64_t at(std::uint64_t position) const;

  private:
    std::uint64_t size_;
    std::uint64_t key_;
    std::uint64_t mask_;
    unsigned shift_;
};

}  // namespace stream_analyzer
