// What two neighbouring bytes say against UTF-8, told by their halves.
#pragma once

#include <array>
#include <cstdint>

namespace stream_analyzer {

/// For shuffles; the tables of Keiser and Lemire, "Validating UTF-8 In Less Than One Instruction
/// Per Byte", Software: Practice and Experience 51 (2021), section 6. The AND of the entries for a
/// byte's high half, its low half, and the high half of the byte behind it has a bit for each
/// mistake that the two bytes make, and kTwoContinuations when both continue a sequence, which is
/// right only behind the beginning of a longer one.
using Utf8Table = std::array<std::uint8_t, 16>;

inline constexpr std::uint8_t kTooShort = 0x01;      // a beginning, and no continuation
inline constexpr std::uint8_t kTooLong = 0x02;       // ASCII, and a continuation
inline constexpr std::uint8_t kOverlong3 = 0x04;     // e0 80..9f
inline constexpr std::uint8_t kTooLarge = 0x08;      // f4 90..bf, f5..ff 90..bf
inline constexpr std::uint8_t kSurrogate = 0x10;     // ed a0..bf
inline constexpr std::uint8_t kOverlong2 = 0x20;     // c0..c1
inline constexpr std::uint8_t kOverlong4 = 0x40;     // f0 80..8f
inline constexpr std::uint8_t kTooLarge1000 = 0x40;  // f5..ff 80..8f
inline constexpr std::uint8_t kTwoContinuations = 0x80;
/// Mistakes that the first byte's low half has no say in.
inline constexpr std::uint8_t kAnyLow = kTooShort | kTooLong | kTwoContinuations;

inline constexpr Utf8Table kUtf8FirstHigh{
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTwoContinuations,
    kTwoContinuations,
    kTwoContinuations,
    kTwoContinuations,
    kTooShort | kOverlong2,
    kTooShort,
    kTooShort | kOverlong3 | kSurrogate,
    kTooShort | kTooLarge | kTooLarge1000 | kOverlong4,
};

inline constexpr Utf8Table kUtf8FirstLow = [] {
    Utf8Table bits{};
    for (std::size_t low = 0; low < bits.size(); ++low) {
        std::uint8_t mistakes = kAnyLow;
        if (low == 0) mistakes |= kOverlong2 | kOverlong3 | kOverlong4;
        if (low == 1) mistakes |= kOverlong2;
        if (low >= 4) mistakes |= kTooLarge;
        if (low >= 5) mistakes |= kTooLarge1000;
        if (low == 0xd) mistakes |= kSurrogate;
        bits[low] = mistakes;
    }
    return bits;
}();

inline constexpr Utf8Table kUtf8SecondHigh = [] {
    Utf8Table bits{};
    bits.fill(kTooShort);
    constexpr std::uint8_t kContinuation = kTooLong | kOverlong2 | kTwoContinuations;
    bits[0x8] = kContinuation | kOverlong3 | kTooLarge1000 | kOverlong4;
    bits[0x9] = kContinuation | kOverlong3 | kTooLarge;
    bits[0xa] = bits[0xb] = kContinuation | kSurrogate | kTooLarge;
    return bits;
}();

}  // namespace stream_analyzer
