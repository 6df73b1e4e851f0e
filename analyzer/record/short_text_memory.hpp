// Recognises a short text that comes again.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "record/token_bytes.hpp"

namespace stream_analyzer {

/// Holds a copy of one text of 8 to 32 bytes, in four words that overlap where it is shorter, so
/// that comparing costs a few instructions and no branch for the length.
class ShortTextMemory {
  public:
    static constexpr std::size_t kShortest_bytes = 8;
    static constexpr std::size_t kLongest_bytes = 32;

    /// False for texts of other lengths.
    [[nodiscard]] bool holds(std::string_view text) const {
        if (text.size() != length_ || length_ == 0) return false;
        if (length_ <= 2 * kWord) {
            return ((word_at(text.data()) ^ words_[0]) |
                    (word_at(text.data() + length_ - kWord) ^ words_[3])) == 0;
        }
        const Words words = words_of(text);
        return ((words[0] ^ words_[0]) | (words[1] ^ words_[1]) | (words[2] ^ words_[2]) |
                (words[3] ^ words_[3])) == 0;
    }

    /// Holds `text` from now on, or nothing when its length does not fit.
    void hold(std::string_view text) {
        const bool fits = text.size() >= kShortest_bytes && text.size() <= kLongest_bytes;
        length_ = fits ? text.size() : 0;
        if (fits) words_ = words_of(text);
    }

  private:
    using Words = std::array<std::uint64_t, 4>;

    static constexpr std::size_t kWord = sizeof(std::uint64_t);

    [[nodiscard]] static Words words_of(std::string_view text) {
        const char* const begin = text.data();
        const std::size_t last = text.size() - kWord;
        const std::size_t second = std::min(kWord, last);
        return {word_at(begin), word_at(begin + second), word_at(begin + last - second),
                word_at(begin + last)};
    }

    std::size_t length_ = 0;  // 0: holds nothing
    Words words_{};
};

}  // namespace stream_analyzer
