// Which bytes occur where in many keys, and places of keys as small numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace stream_analyzer {

/// Keys are eight bytes as a number (first_bytes); place 0 is the highest byte. Ids have few of the
/// 256 bytes at a place, sixteen or ten mostly: a number in a place's own alphabet, and so the
/// digit of several places, has no more values than there are. It is in the order of the bytes.
class KeyAlphabet {
  public:
    static constexpr unsigned kPlaces = sizeof(std::uint64_t);

    void note(std::uint64_t key) {
        for (unsigned place = 0; place < kPlaces; ++place)
            codes_[place][byte_of(key, place)] = 1;
    }
    /// What the other noted, too.
    void unite(const KeyAlphabet& other);
    /// All keys are noted. The following are of these keys alone.
    void finish();

    /// Places [first, last) as one number below `size`.
    struct Digit {
        unsigned first = 0;
        unsigned last = 0;
        std::uint32_t size = 1;
    };
    /// Of as many places as have at most `most` values, but of one at least that tells keys apart,
    /// if there is one behind `first`.
    [[nodiscard]] Digit digit_from(unsigned first, std::size_t most) const;

    [[nodiscard]] std::uint32_t number(const Digit& digit, std::uint64_t key) const {
        std::uint32_t number = 0;
        for (unsigned place = digit.first; place < digit.last; ++place)
            number = number * sizes_[place] + codes_[place][byte_of(key, place)];
        return number;
    }

  private:
    [[nodiscard]] static std::size_t byte_of(std::uint64_t key, unsigned place) {
        return key >> (8 * (kPlaces - 1 - place)) & 0xffU;
    }

    // Until finish() 1 for bytes that occur, then their numbers from 0.
    std::array<std::array<std::uint8_t, 256>, kPlaces> codes_{};
    std::array<std::uint32_t, kPlaces> sizes_{};
};

}  // namespace stream_analyzer
