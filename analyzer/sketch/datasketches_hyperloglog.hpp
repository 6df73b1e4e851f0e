// HyperLogLog as Apache DataSketches has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/hash64.hpp"
#include "sketch/distinct_counter.hpp"
#include "sketch/touched_cells.hpp"

namespace stream_analyzer {

/// The registers of an HLL_8 sketch of Apache DataSketches (hll/HllArray), which Spark's
/// hll_sketch_agg uses too, for datasketches_coupon of the ids: 2^LGK registers of one byte. The
/// low LGK bits of a coupon's address choose a register, which keeps the largest rank, 0 when it
/// saw nothing. An id without a byte (coupon 0) is ignored.
///
/// DataSketches keeps few ids as a list and estimates by HIP or a table of its own: its estimate of
/// the same registers differs from ours by a part of the standard error.
class DataSketchesHyperLogLog {
  public:
    static constexpr int kMinPrecision = 4;
    static constexpr int kMaxPrecision = 21;

    /// `precision` is LGK. Throws std::invalid_argument when it is outside the range above.
    explicit DataSketchesHyperLogLog(int precision);

    void add(Hash64 coupon) noexcept { add_all({&coupon, 1}); }
    void add_all(std::span<const Hash64> coupons) noexcept;
    void merge(const DataSketchesHyperLogLog& other);
    void merge_state(std::span<const std::uint8_t> state);
    /// Becomes the union with `larger`, of a higher LGK, as if every coupon of it had been added
    /// here. Throws std::invalid_argument when its LGK is lower. A register here is the largest of
    /// those whose index ends with its own.
    void merge_folded(const DataSketchesHyperLogLog& larger);
    void clear() noexcept;

    /// Ertl's improved raw estimate (hyperloglog_estimator.hpp) of these registers. Saturated only
    /// if every register holds 63.
    [[nodiscard]] SketchEstimate estimate() const;

    /// 2^LGK; what DataSketches stores has a preamble of 40 bytes besides (interchange_format.hpp).
    [[nodiscard]] std::size_t memory_bytes() const noexcept { return registers_.size(); }
    /// One byte a register.
    [[nodiscard]] std::span<const std::uint8_t> state() const noexcept { return registers_; }

    [[nodiscard]] int precision() const noexcept { return precision_; }

    friend bool operator==(const DataSketchesHyperLogLog& a, const DataSketchesHyperLogLog& b) {
        return a.precision_ == b.precision_ && a.registers_ == b.registers_;
    }

  private:
    /// Each register becomes the larger one. `state` is as long as this one's.
    void raise_all(std::span<const std::uint8_t> state) noexcept;

    int precision_;
    std::vector<std::uint8_t> registers_;
    TouchedCells touched_;  // registers
};

static_assert(FoldingCounter<DataSketchesHyperLogLog>);

}  // namespace stream_analyzer
