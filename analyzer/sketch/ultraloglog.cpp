#include "sketch/ultraloglog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "sketch/ultraloglog_estimator.hpp"

namespace stream_analyzer {

UltraLogLog::UltraLogLog(int precision) : precision_{precision} {
    if (precision < kMinPrecision || precision > kMaxPrecision) {
        throw std::invalid_argument(
            fmt::format("UltraLogLog with precision {} was asked for; it can be {} to {}",
                        precision, kMinPrecision, kMaxPrecision));
    }
    registers_.resize(std::size_t{1} << static_cast<unsigned>(precision));
}

void UltraLogLog::add_all(std::span<const Hash64> hashes) noexcept {
    // Local copies: a store to a byte could otherwise change the members, for all the compiler
    // knows.
    std::uint8_t* const registers = registers_.data();
    const int precision = precision_;
    if (touched_.has_room(hashes.size())) {
        for (const Hash64 hash : hashes)
            touched_.add(static_cast<std::uint32_t>(hash >> (64 - precision)));
    }
#if defined(__x86_64__)
    if (__builtin_cpu_supports("bmi2") != 0) return insert_all_bmi2(registers, precision, hashes);
#endif
    for (const Hash64 hash : hashes)
        insert(registers, precision, hash);
}

#if defined(__x86_64__)
[[gnu::target("bmi2")]] void UltraLogLog::insert_all_bmi2(std::uint8_t* registers, int precision,
                                                          std::span<const Hash64> hashes) noexcept {
    for (const Hash64 hash : hashes)
        insert(registers, precision, hash);
}
#endif

void UltraLogLog::merge(const UltraLogLog& other) {
    if (precision_ != other.precision_) {
        throw std::invalid_argument(
            fmt::format("UltraLogLog with precision {} cannot be merged with one of precision {}",
                        precision_, other.precision_));
    }
    unite_all(other.registers_);
}

void UltraLogLog::merge_state(std::span<const std::uint8_t> state) {
    if (state.size() != registers_.size() ||
        !std::ranges::all_of(state, [this](std::uint8_t value) { return is_possible(value); })) {
        throw std::invalid_argument(
            fmt::format("UltraLogLog with precision {} cannot have such a state", precision_));
    }
    unite_all(state);
}

bool UltraLogLog::is_possible(std::uint8_t value) const noexcept {
    const int largest = value / 4;
    if (largest > 65 - precision_) return false;
    // Ranks begin at 1: the indicators of what would be below are 0.
    const unsigned indicators = value & 3U;
    if (largest <= 1) return indicators == 0;
    return largest > 2 || (indicators & 1U) == 0;
}

void UltraLogLog::unite_all(std::span<const std::uint8_t> state) noexcept {
    touched_.touch_all();
    for (std::size_t index = 0; index < registers_.size(); ++index) {
        const std::uint64_t ranks = unpack(registers_[index]) | unpack(state[index]);
        if (ranks != 0) registers_[index] = pack(ranks);
    }
}

std::uint8_t UltraLogLog::folded_value(std::size_t first, unsigned fewer_bits) const noexcept {
    unsigned value = registers_[first];
    for (unsigned bit = 0; bit < fewer_bits; ++bit) {
        // From a largest rank of 3 on rank 1 is out of the indicators' reach, as are all to come.
        if (value / 4 >= 3) return static_cast<std::uint8_t>(value + 4 * (fewer_bits - bit));
        // One bit less: the first half's ranks grow by one, what the second half saw is of rank 1.
        const std::size_t places = std::size_t{1} << bit;
        unsigned others = 0;
        for (std::size_t place = places; place < 2 * places; ++place)
            others |= registers_[first + place];
        value += value == 0 ? 0 : 4;
        if (others == 0) continue;
        if (value == 0) value = 4;
        if (value / 4 == 2) value |= 2U;
        if (value / 4 == 3) value |= 1U;
    }
    return static_cast<std::uint8_t>(value);
}

void UltraLogLog::merge_folded(const UltraLogLog& larger) {
    if (larger.precision_ < precision_) {
        throw std::invalid_argument(
            fmt::format("UltraLogLog with precision {} does not fold to one of precision {}",
                        larger.precision_, precision_));
    }
    touched_.touch_all();
    const auto fewer_bits = static_cast<unsigned>(larger.precision_ - precision_);
    for (std::size_t index = 0; index < registers_.size(); ++index) {
        const std::uint8_t folded = larger.folded_value(index << fewer_bits, fewer_bits);
        std::uint8_t& mine = registers_[index];
        if (mine == 0) {
            mine = folded;
        } else {
            mine = pack(unpack(mine) | unpack(folded));
        }
    }
}

void UltraLogLog::clear() noexcept {
    touched_.clear(registers_);
}

SketchEstimate UltraLogLog::estimate() const {
    static_assert(kMinPrecision >= 3);
    RegisterHistogram histogram{};
    touched_.count(registers_, histogram);
    return {.value = ultraloglog_estimate(histogram, precision_), .saturated = false};
}

}  // namespace stream_analyzer
