#include "exact/key_alphabet.hpp"

namespace stream_analyzer {

void KeyAlphabet::unite(const KeyAlphabet& other) {
    for (unsigned place = 0; place < kPlaces; ++place) {
        for (std::size_t byte = 0; byte < codes_[place].size(); ++byte)
            codes_[place][byte] |= other.codes_[place][byte];
    }
}

void KeyAlphabet::finish() {
    for (unsigned place = 0; place < kPlaces; ++place) {
        std::uint32_t size = 0;
        for (std::uint8_t& code : codes_[place]) {
            const bool occurs = code != 0;
            code = static_cast<std::uint8_t>(size);
            size += occurs ? 1 : 0;
        }
        sizes_[place] = size;
    }
}

KeyAlphabet::Digit KeyAlphabet::digit_from(unsigned first, std::size_t most) const {
    Digit digit{.first = first, .last = first, .size = 1};
    while (digit.last < kPlaces) {
        const std::uint32_t size = digit.size * sizes_[digit.last];
        if (digit.size > 1 && size > most) break;
        digit.size = size;
        ++digit.last;
    }
    return digit;
}

}  // namespace stream_analyzer
