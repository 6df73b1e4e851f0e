// Recognises a short text that comes again.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

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

    [[nodiscard]] static Words words_of(std::string_view text) {
        constexpr std::size_t kWord = sizeof(std::uint64_t);
        const std::size_t last = text.size() - kWord;
        const std::size_t second = std::min(kWord, last);
        Words words{};
        std::memcpy(&words[0], text.data(), kWord);
        std::memcpy(&words[1], text.data() + second, kWord);
        std::memcpy(&words[2], text.data() + last - second, kWord);
        std::memcpy(&words[3], text.data() + last, kWord);
        return words;
    }

    std::size_t length_ = 0;  // 0: holds nothing
    Words words_{};
};

}  // namespace stream_analyzer
