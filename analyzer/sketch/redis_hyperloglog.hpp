// HyperLogLog as Redis has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/hash64.hpp"
#include "sketch/distinct_counter.hpp"
#include "sketch/hyperloglog.hpp"

namespace stream_analyzer {

/// The registers and the estimate of Redis' HyperLogLog (src/hyperloglog.c), for redis_hash of the
/// ids: 2^14 registers of 6 bits. The *low* 14 bits of a hash choose a register; its rank is the
/// number of *trailing* zeros of the other q = 50 bits plus one, in 1..51.
///
/// HyperLogLog counts from the other end of the hash; otherwise its registers, and even their
/// packing, are those of Redis' dense encoding. So it keeps them, and is fed with hashes that are
/// turned round.
class RedisHyperLogLog {
  public:
    static constexpr int kPrecision = 14;

    RedisHyperLogLog() : registers_(kPrecision) {}

    void add(Hash64 hash) noexcept { add_all({&hash, 1}); }
    void add_all(std::span<const Hash64> hashes) noexcept;
    void merge(const RedisHyperLogLog& other) { registers_.merge(other.registers_); }
    void merge_state(std::span<const std::uint8_t> state) { registers_.merge_state(state); }
    /// There is one size alone.
    void merge_folded(const RedisHyperLogLog& same) { merge(same); }
    void clear() noexcept { registers_.clear(); }

    /// What PFCOUNT says: Ertl's improved raw estimate as a whole number, halves upwards.
    [[nodiscard]] SketchEstimate estimate() const;

    /// 12,288; what Redis stores has a header of 16 bytes besides (interchange_format.hpp).
    [[nodiscard]] std::size_t memory_bytes() const noexcept { return registers_.memory_bytes(); }
    /// The registers as in Redis' dense encoding.
    [[nodiscard]] std::span<const std::uint8_t> state() const noexcept {
        return registers_.state();
    }

    [[nodiscard]] int register_value(std::size_t index) const noexcept {
        return registers_.register_value(index);
    }

    friend bool operator==(const RedisHyperLogLog&, const RedisHyperLogLog&) = default;

  private:
    HyperLogLog registers_;
};

static_assert(FoldingCounter<RedisHyperLogLog>);

}  // namespace stream_analyzer
