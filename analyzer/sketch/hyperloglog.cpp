#include "sketch/hyperloglog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "sketch/hyperloglog_estimator.hpp"

namespace stream_analyzer {

namespace {

// Four registers fill three bytes exactly.
constexpr std::size_t kGroup_bytes = 3;
constexpr std::array<unsigned, 4> kGroupShifts{0, 6, 12, 18};

unsigned load_group(const std::uint8_t* bytes) noexcept {
    return bytes[0] | (static_cast<unsigned>(bytes[1]) << 8U) |
           (static_cast<unsigned>(bytes[2]) << 16U);
}

void store_group(std::uint8_t* bytes, unsigned group) noexcept {
    bytes[0] = static_cast<std::uint8_t>(group & 0xffU);
    bytes[1] = static_cast<std::uint8_t>((group >> 8U) & 0xffU);
    bytes[2] = static_cast<std::uint8_t>(group >> 16U);
}

constexpr std::size_t kGroupsAtOnce = 8;

// Whether kGroupsAtOnce groups hold nothing.
bool is_empty(const std::uint8_t* bytes) noexcept {
    std::array<std::uint64_t, kGroupsAtOnce * kGroup_bytes / sizeof(std::uint64_t)> words{};
    std::memcpy(words.data(), bytes, sizeof words);
    return (words[0] | words[1] | words[2]) == 0;
}

}  // namespace

HyperLogLog::HyperLogLog(int precision) : precision_{precision} {
    if (precision < kMinPrecision || precision > kMaxPrecision) {
        throw std::invalid_argument(
            fmt::format("HyperLogLog with precision {} was asked for; it can be {} to {}",
                        precision, kMinPrecision, kMaxPrecision));
    }
    packed_.resize((std::size_t{1} << static_cast<unsigned>(precision)) * kRegister_bits / 8 +
                   kPadding);
}

void HyperLogLog::add_all(std::span<const Hash64> hashes) noexcept {
    // Local copies: a store to a byte could otherwise change the members, for all the compiler
    // knows.
    std::uint8_t* const packed = packed_.data();
    const int precision = precision_;
    if (touched_.has_room(hashes.size())) {
        for (const Hash64 hash : hashes)
            touched_.add(
                static_cast<std::uint32_t>((hash >> (64 - precision)) / kGroupShifts.size()));
    }
    for (const Hash64 hash : hashes)
        raise(packed, precision, hash);
}

void HyperLogLog::merge(const HyperLogLog& other) {
    if (precision_ != other.precision_) {
        throw std::invalid_argument(
            fmt::format("HyperLogLog with precision {} cannot be merged with one of precision {}",
                        precision_, other.precision_));
    }
    raise_all(other.state());
}

void HyperLogLog::merge_state(std::span<const std::uint8_t> state) {
    const unsigned most = 65U - static_cast<unsigned>(precision_);
    bool is_possible = state.size() == memory_bytes();
    for (std::size_t byte = 0; is_possible && byte < state.size(); byte += kGroup_bytes) {
        const unsigned group = load_group(&state[byte]);
        for (const unsigned shift : kGroupShifts) {
            is_possible = is_possible && ((group >> shift) & kRegisterMask) <= most;
        }
    }
    if (!is_possible) {
        throw std::invalid_argument(
            fmt::format("HyperLogLog with precision {} cannot have such a state", precision_));
    }
    raise_all(state);
}

void HyperLogLog::raise_all(std::span<const std::uint8_t> state) noexcept {
    touched_.touch_all();
    for (std::size_t byte = 0; byte < memory_bytes(); byte += kGroup_bytes) {
        const unsigned mine = load_group(&packed_[byte]);
        const unsigned theirs = load_group(&state[byte]);
        unsigned merged = 0;
        for (const unsigned shift : kGroupShifts) {
            merged |= std::max((mine >> shift) & kRegisterMask, (theirs >> shift) & kRegisterMask)
                      << shift;
        }
        store_group(&packed_[byte], merged);
    }
}

unsigned HyperLogLog::folded_rank(std::size_t first, unsigned fewer_bits) const noexcept {
    const auto rank = static_cast<unsigned>(register_value(first));
    if (rank != 0) return rank + fewer_bits;  // more than any other place gives
    for (std::size_t place = 1; place < (std::size_t{1} << fewer_bits); ++place) {
        // The first place that was hit has the most leading zeros.
        if (register_value(first + place) != 0)
            return fewer_bits - static_cast<unsigned>(std::bit_width(place)) + 1;
    }
    return 0;
}

void HyperLogLog::merge_folded(const HyperLogLog& larger) {
    if (larger.precision_ < precision_) {
        throw std::invalid_argument(
            fmt::format("HyperLogLog with precision {} does not fold to one of precision {}",
                        larger.precision_, precision_));
    }
    touched_.touch_all();
    const auto fewer_bits = static_cast<unsigned>(larger.precision_ - precision_);
    std::size_t index = 0;
    for (std::size_t byte = 0; byte < memory_bytes(); byte += kGroup_bytes) {
        const unsigned mine = load_group(&packed_[byte]);
        unsigned merged = 0;
        for (const unsigned shift : kGroupShifts) {
            merged |= std::max((mine >> shift) & kRegisterMask,
                               larger.folded_rank(index++ << fewer_bits, fewer_bits))
                      << shift;
        }
        store_group(&packed_[byte], merged);
    }
}

void HyperLogLog::clear() noexcept {
    if (touched_.are_few()) {
        touched_.for_each(
            [this](std::uint32_t group) { store_group(&packed_[group * kGroup_bytes], 0); });
    } else {
        std::fill(packed_.begin(), packed_.end(), std::uint8_t{0});
    }
    touched_.forget();
}

SketchEstimate HyperLogLog::estimate() const {
    // One histogram per place in a group: four counters are never the same memory in a row.
    std::array<RankHistogram, kGroupShifts.size()> parts{};
    std::size_t counted = 0;
    const auto count = [&](std::size_t index) {
        const unsigned group = load_group(&packed_[index * kGroup_bytes]);
        for (std::size_t place = 0; place < parts.size(); ++place) {
            ++parts[place][(group >> kGroupShifts[place]) & kRegisterMask];
        }
        ++counted;
    };
    const std::size_t groups = memory_bytes() / kGroup_bytes;
    if (touched_.are_few()) {
        touched_.for_each(count);
    } else {
        // Eight groups are three words: where ids are few, most of them are empty.
        std::size_t index = 0;
        for (; index + kGroupsAtOnce <= groups; index += kGroupsAtOnce) {
            if (is_empty(&packed_[index * kGroup_bytes])) continue;
            for (std::size_t i = 0; i < kGroupsAtOnce; ++i)
                count(index + i);
        }
        for (; index < groups; ++index)
            count(index);
    }
    RankHistogram histogram{};
    histogram[0] = static_cast<std::uint32_t>((groups - counted) * kGroupShifts.size());
    for (const RankHistogram& part : parts) {
        for (std::size_t rank = 0; rank < histogram.size(); ++rank)
            histogram[rank] += part[rank];
    }
    const double value = hyperloglog_estimate(histogram, precision_);
    if (!std::isfinite(value)) return {.value = 0, .saturated = true};
    return {.value = value, .saturated = false};
}

int HyperLogLog::register_value(std::size_t index) const noexcept {
    const std::size_t first_bit = index * kRegister_bits;
    const unsigned pair =
        packed_[first_bit / 8] | (static_cast<unsigned>(packed_[first_bit / 8 + 1]) << 8U);
    return static_cast<int>((pair >> (first_bit % 8)) & kRegisterMask);
}

}  // namespace stream_analyzer
