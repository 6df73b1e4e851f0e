// The bytes of tokens, alone and in words.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace stream_analyzer {

// What the first byte of a token tells.
inline constexpr std::uint8_t kOpens = 1;   // { [
inline constexpr std::uint8_t kCloses = 2;  // } ]
inline constexpr std::uint8_t kPlainValue =
    4;  // " and -0123456789tfn, with which a scalar may begin

inline constexpr std::array<std::uint8_t, 256> kByteKinds = [] {
    std::array<std::uint8_t, 256> kinds{};
    for (const char c : std::string_view("\"-0123456789tfn"))
        kinds[static_cast<unsigned char>(c)] = kPlainValue;
    kinds['{'] = kinds['['] = kOpens;
    kinds['}'] = kinds[']'] = kCloses;
    return kinds;
}();

[[nodiscard]] inline std::uint8_t kind_of(char c) {
    return kByteKinds[static_cast<unsigned char>(c)];
}

// Of a bracket or brace.
[[nodiscard]] inline std::uint64_t is_curly(char bracket) {
    return (static_cast<unsigned char>(bracket) >> 5U) & 1U;
}

// Finds bytes in a word: the top bit of each that equals `c`, and perhaps of some above the first
// that does. (x - 1) & ~x has its top bit where x is 0.
inline constexpr std::uint64_t kOnes = 0x0101010101010101U;

[[nodiscard]] inline std::uint64_t places_of(char c, std::uint64_t word) {
    const std::uint64_t differences = word ^ (kOnes * static_cast<unsigned char>(c));
    return (differences - kOnes) & ~differences & (kOnes << 7U);
}

[[nodiscard]] inline std::uint64_t word_at(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

// The first bracket or line feed; there is one.
[[nodiscard]] inline const char* next_bracket(const char* bytes) {
    for (;; bytes += sizeof(std::uint64_t)) {
        std::uint64_t word = word_at(bytes);  // its first byte lowest
        if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
        const std::uint64_t braces = word | (kOnes << 5U);  // in which brackets differ from them
        const std::uint64_t places =
            places_of('{', braces) | places_of('}', braces) | places_of('\n', word);
        if (places != 0) return bytes + std::countr_zero(places) / 8;
    }
}

}  // namespace stream_analyzer
