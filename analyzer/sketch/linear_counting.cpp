#include "sketch/linear_counting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace stream_analyzer {

namespace {

/// Runs of bits of a bitmap, wherever they begin. Beyond its end are zeros.
class BitReader {
  public:
    explicit BitReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    /// 64 bits from a place that is a multiple of 8.
    [[nodiscard]] std::uint64_t at(std::size_t first_bit) const {
        const std::size_t byte = first_bit / 8;
        std::uint64_t word = 0;
        std::memcpy(&word, bytes_.data() + byte, std::min(sizeof word, bytes_.size() - byte));
        return word;
    }

    /// Whether one of the bits is set.
    [[nodiscard]] bool any(std::size_t first_bit, std::size_t bits) const {
        while (bits > 0) {
            // 57 bits from any place lie in eight bytes.
            const std::size_t taken = std::min<std::size_t>(bits, 57);
            const std::uint64_t run = at(first_bit) >> (first_bit % 8);
            if ((run & ((std::uint64_t{1} << taken) - 1)) != 0) return true;
            first_bit += taken;
            bits -= taken;
        }
        return false;
    }

  private:
    std::span<const std::uint8_t> bytes_;
};

/// Bit i of the result: whether one of the i-th `group_bits` (1 to 8) bits of `groups` is set.
unsigned any_in_eight_groups(std::uint64_t groups, std::size_t group_bits) {
    const std::uint64_t mask = (std::uint64_t{1} << group_bits) - 1;
    unsigned any = 0;
    for (unsigned group = 0; group < 8; ++group)
        any |= ((groups >> (group * group_bits)) & mask) != 0 ? 1U << group : 0U;
    return any;
}

}  // namespace

LinearCounting::LinearCounting(std::uint64_t size_bytes) {
    if (size_bytes < kMinSize_bytes || size_bytes > kMaxSize_bytes) {
        throw std::invalid_argument(
            fmt::format("a linear counter of {} bytes was asked for; it can have {} to {}",
                        size_bytes, kMinSize_bytes, kMaxSize_bytes));
    }
    bits_.resize(size_bytes);
}

void LinearCounting::add_all(std::span<const Hash64> hashes) noexcept {
    // Local copies: a store to a byte could otherwise change the members, for all the compiler
    // knows.
    std::uint8_t* const bits = bits_.data();
    const std::uint64_t count = bit_count();
    if (touched_.has_room(hashes.size())) {
        for (const Hash64 hash : hashes)
            touched_.add(static_cast<std::uint32_t>(bit_of(count, hash) / 8));
    }
    for (const Hash64 hash : hashes)
        set_bit(bits, count, hash);
}

void LinearCounting::merge(const LinearCounting& other) {
    if (bits_.size() != other.bits_.size()) {
        throw std::invalid_argument(
            fmt::format("a linear counter of {} bytes cannot be merged with one of {} bytes",
                        bits_.size(), other.bits_.size()));
    }
    merge_state(other.bits_);
}

void LinearCounting::merge_state(std::span<const std::uint8_t> state) {
    if (state.size() != bits_.size()) {
        throw std::invalid_argument(
            fmt::format("a linear counter of {} bytes cannot have a state of {} bytes",
                        bits_.size(), state.size()));
    }
    touched_.touch_all();
    std::transform(bits_.begin(), bits_.end(), state.begin(), bits_.begin(),
                   [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a | b); });
}

void LinearCounting::merge_folded(const LinearCounting& larger) {
    if (larger.bits_.size() % bits_.size() != 0) {
        throw std::invalid_argument(
            fmt::format("a linear counter of {} bytes does not fold to one of {} bytes",
                        larger.bits_.size(), bits_.size()));
    }
    touched_.touch_all();
    const std::size_t group_bits = larger.bits_.size() / bits_.size();
    const BitReader groups(larger.bits_);
    for (std::size_t byte = 0; byte < bits_.size(); ++byte) {
        unsigned folded = 0;
        if (group_bits <= 8) {
            folded = any_in_eight_groups(groups.at(8 * byte * group_bits), group_bits);
        } else {
            for (std::size_t bit = 0; bit < 8; ++bit)
                folded |= (groups.any((8 * byte + bit) * group_bits, group_bits) ? 1U : 0U) << bit;
        }
        bits_[byte] = static_cast<std::uint8_t>(bits_[byte] | folded);
    }
}

void LinearCounting::clear() noexcept {
    touched_.clear(bits_);
}

std::uint64_t LinearCounting::zero_bits() const noexcept {
    std::uint64_t ones = 0;
    if (touched_.are_few()) {
        touched_.for_each([&](std::uint32_t touched) {
            ones += static_cast<std::uint64_t>(std::popcount(bits_[touched]));
        });
        return bit_count() - ones;
    }
    std::size_t byte = 0;
    for (; byte + sizeof(std::uint64_t) <= bits_.size(); byte += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bits_.data() + byte, sizeof word);
        if (word == 0) continue;  // counting bits takes a call without the processor's popcnt
        ones += static_cast<std::uint64_t>(std::popcount(word));
    }
    for (; byte < bits_.size(); ++byte)
        ones += static_cast<std::uint64_t>(std::popcount(bits_[byte]));
    return bit_count() - ones;
}

SketchEstimate LinearCounting::estimate() const {
    const std::uint64_t zeros = zero_bits();
    if (zeros == 0) return {.value = 0, .saturated = true};
    const auto bits = static_cast<double>(bit_count());
    return {.value = bits * std::log(bits / static_cast<double>(zeros)), .saturated = false};
}

}  // namespace stream_analyzer
