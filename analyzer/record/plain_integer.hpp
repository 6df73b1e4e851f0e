// The fast path of numbers: digits and nothing else.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace stream_analyzer {

/// Reads 1 to 19 digits without a leading zero (a lone 0 is fine), which always fit. False, with
/// `value` unspecified, for any other text. Eight digits at a time where the byte order allows it.
[[nodiscard]] inline bool parse_plain_integer(std::string_view text, std::uint64_t& value) {
    constexpr std::size_t kMaxDigits = 19;
    if (text.empty() || text.size() > kMaxDigits) return false;
    if (text.front() == '0') {
        value = 0;
        return text.size() == 1;
    }
    const char* at = text.data();
    std::size_t left = text.size();
    value = 0;
    if constexpr (std::endian::native == std::endian::little) {
        constexpr std::uint64_t kZeros = 0x3030303030303030U;
        constexpr std::array<std::uint64_t, 8> kPowersOfTen{1,      10,      100,       1000,
                                                            10'000, 100'000, 1'000'000, 10'000'000};
        // XOR leaves a digit's value; other bytes keep a high nibble, or get one when 6 is added.
        const auto all_digits = [](std::uint64_t word) {
            return ((word | (word + 0x0606060606060606U)) & 0xf0f0f0f0f0f0f0f0U) == 0;
        };
        // The first digit is in the lowest byte. Neighbours make pairs in every second byte; the
        // upper half of the sum is first·10^6 + second·10^4 + third·10^2 + fourth pair.
        const auto join = [](std::uint64_t word) {
            constexpr std::uint64_t kFirstAndThird = (std::uint64_t{1'000'000} << 32U) + 100U;
            constexpr std::uint64_t kSecondAndFourth = (std::uint64_t{10'000} << 32U) + 1U;
            constexpr std::uint64_t kEveryFourthByte = 0x000000ff000000ffU;
            word = word * 10U + (word >> 8U);
            word = (word & kEveryFourthByte) * kFirstAndThird +
                   ((word >> 16U) & kEveryFourthByte) * kSecondAndFourth;
            return word >> 32U;
        };
        const bool has_eight = left >= 8;
        for (; left >= 8; at += 8, left -= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, sizeof word);
            word ^= kZeros;
            if (!all_digits(word)) return false;
            value = value * 100'000'000U + join(word);
        }
        if (has_eight && left != 0) {
            // The last eight bytes once more, with those that are counted already made zero.
            std::uint64_t word = 0;
            std::memcpy(&word, at + left - 8, sizeof word);
            const std::size_t counted_bits = 8 * (8 - left);
            word = ((word ^ kZeros) >> counted_bits) << counted_bits;
            if (!all_digits(word)) return false;
            value = value * kPowersOfTen[left] + join(word);
            return true;
        }
    }
    for (; left != 0; ++at, --left) {
        const auto digit = static_cast<unsigned>(static_cast<unsigned char>(*at)) - '0';
        if (digit > 9) return false;
        value = value * 10U + digit;
    }
    return true;
}

}  // namespace stream_analyzer
