#include "sketch/datasketches_hyperloglog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sketch/hyperloglog_estimator.hpp"
#include "sketch/id_hash.hpp"

namespace stream_analyzer {

namespace {

// q: leading zeros of a coupon's 64 bits are counted up to 62.
constexpr int kLargestBelowCap = 62;
constexpr std::uint8_t kLargestRank = kLargestBelowCap + 1;

}  // namespace

DataSketchesHyperLogLog::DataSketchesHyperLogLog(int precision) : precision_{precision} {
    if (precision < kMinPrecision || precision > kMaxPrecision) {
        throw std::invalid_argument(
            fmt::format("DataSketches' HLL with lgK {} was asked for; it can be {} to {}",
                        precision, kMinPrecision, kMaxPrecision));
    }
    registers_.resize(std::size_t{1} << static_cast<unsigned>(precision));
}

void DataSketchesHyperLogLog::add_all(std::span<const Hash64> coupons) noexcept {
    std::uint8_t* const registers = registers_.data();
    const Hash64 mask = registers_.size() - 1;
    if (touched_.has_room(coupons.size())) {
        for (const Hash64 coupon : coupons)
            touched_.add(static_cast<std::uint32_t>(coupon & mask));
    }
    for (const Hash64 coupon : coupons) {
        const auto rank = static_cast<std::uint8_t>((coupon >> kCouponAddress_bits) & kLargestRank);
        std::uint8_t& value = registers[coupon & mask];
        value = std::max(value, rank);
    }
}

void DataSketchesHyperLogLog::merge(const DataSketchesHyperLogLog& other) {
    if (precision_ != other.precision_) {
        throw std::invalid_argument(
            fmt::format("DataSketches' HLL with lgK {} cannot be merged with one of lgK {}",
                        precision_, other.precision_));
    }
    raise_all(other.registers_);
}

void DataSketchesHyperLogLog::merge_state(std::span<const std::uint8_t> state) {
    if (state.size() != registers_.size() ||
        std::ranges::any_of(state, [](std::uint8_t value) { return value > kLargestRank; })) {
        throw std::invalid_argument(
            fmt::format("DataSketches' HLL with lgK {} cannot have such a state", precision_));
    }
    raise_all(state);
}

void DataSketchesHyperLogLog::raise_all(std::span<const std::uint8_t> state) noexcept {
    touched_.touch_all();
    std::ranges::transform(
        registers_, state, registers_.begin(),
        [](std::uint8_t mine, std::uint8_t other) { return std::max(mine, other); });
}

void DataSketchesHyperLogLog::merge_folded(const DataSketchesHyperLogLog& larger) {
    if (larger.precision_ < precision_) {
        throw std::invalid_argument(
            fmt::format("DataSketches' HLL with lgK {} does not fold to one of lgK {}",
                        larger.precision_, precision_));
    }
    const std::span<const std::uint8_t> registers = larger.registers_;
    for (std::size_t first = 0; first < registers.size(); first += registers_.size())
        raise_all(registers.subspan(first, registers_.size()));
}

void DataSketchesHyperLogLog::clear() noexcept {
    touched_.clear(registers_);
}

SketchEstimate DataSketchesHyperLogLog::estimate() const {
    static_assert(kMinPrecision >= 3);
    RankHistogram histogram{};
    touched_.count(registers_, histogram);
    const double value = hyperloglog_estimate(histogram, precision_, kLargestBelowCap);
    if (!std::isfinite(value)) return {.value = 0, .saturated = true};
    return {.value = value, .saturated = false};
}

}  // namespace stream_analyzer
