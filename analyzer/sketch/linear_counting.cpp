#include "sketch/linear_counting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace stream_analyzer {

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

void LinearCounting::clear() noexcept {
    if (touched_.are_few()) {
        touched_.for_each([this](std::uint32_t byte) { bits_[byte] = 0; });
    } else {
        std::fill(bits_.begin(), bits_.end(), std::uint8_t{0});
    }
    touched_.forget();
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
