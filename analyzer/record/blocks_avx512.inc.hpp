// What index_lines.inc.hpp needs of a kernel, for AVX-512 with VBMI and VBMI2. Included by
// kernel_avx512.cpp inside its namespace.

// Keeps g++ from computing with masks in mask registers, of which only one operation a cycle can be
// done, and from making comparisons wait for others' results (measured: a tenth of the scan).
[[nodiscard]] inline std::uint64_t as_word(__mmask64 mask) {
    std::uint64_t word = mask;
    __asm__("" : "+r"(word));
    return word;
}

[[nodiscard]] inline __m512i kept(__m512i vector) {
    __asm__("" : "+v"(vector));
    return vector;
}

// By the low six bits of a byte: the operator or line feed that has them, or what has others.
alignas(64) constexpr std::array<char, 64> kOperatorsByLowBits = [] {
    std::array<char, 64> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = static_cast<char>(i ^ 1U);
    for (const char c : {'{', '}', '[', ']', ':', ',', '\n'})
        table[static_cast<unsigned char>(c) % 64U] = c;
    return table;
}();

// Vectors to compare with, kept as in blocks_avx2.inc.hpp, where the tables are explained.
class Patterns {
  public:
    Patterns()
        : backslash(kept(_mm512_set1_epi8('\\'))),
          quote(kept(_mm512_set1_epi8('"'))),
          line_feed(kept(_mm512_set1_epi8('\n'))),
          space(kept(_mm512_set1_epi8(0x20))),
          operators(kept(_mm512_loadu_si512(kOperatorsByLowBits.data()))),
          blanks(kept(_mm512_broadcast_i32x4(
              _mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', 0, 0, 0, '\r', 0, 0)))) {}

    __m512i backslash;
    __m512i quote;
    __m512i line_feed;
    __m512i
        space;  // the bit in which brackets differ from braces, and the first that is no control
    __m512i operators;
    __m512i blanks;
};

class Block {
  public:
    Block(const char* bytes, const Patterns& patterns)
        : patterns_(patterns), begin_(bytes), bytes_(_mm512_loadu_si512(bytes)) {}

    [[nodiscard]] const char* begin() const { return begin_; }
    [[nodiscard]] __m512i bytes() const { return bytes_; }

    [[nodiscard]] std::uint64_t backslashes() const { return equal(patterns_.backslash); }
    [[nodiscard]] std::uint64_t quotes() const { return equal(patterns_.quote); }
    [[nodiscard]] std::uint64_t line_feeds() const { return equal(patterns_.line_feed); }

    [[nodiscard]] std::uint64_t operators() const {
        return equal(_mm512_permutexvar_epi8(bytes_, patterns_.operators));
    }

    [[nodiscard]] std::uint64_t blanks() const {
        return equal(_mm512_shuffle_epi8(patterns_.blanks, bytes_));
    }

    [[nodiscard]] std::uint64_t control() const {
        return as_word(_mm512_cmplt_epu8_mask(bytes_, patterns_.space));
    }

    [[nodiscard]] EscapeMasks escapes() const {
        const __m512i low_nibbles = _mm512_broadcast_i32x4(load(kEscapesByLowNibble));
        const __m512i high_nibbles = _mm512_broadcast_i32x4(load(kEscapesByHighNibble));
        const __m512i high = _mm512_and_si512(_mm512_srli_epi16(bytes_, 4), _mm512_set1_epi8(0x0f));
        const __m512i kinds = _mm512_and_si512(_mm512_shuffle_epi8(low_nibbles, bytes_),
                                               _mm512_shuffle_epi8(high_nibbles, high));
        return {_mm512_test_epi8_mask(kinds, _mm512_set1_epi8(kEscapeLetter)),
                _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(kHexDigit)),
                equal(_mm512_set1_epi8('u'))};
    }

  private:
    [[nodiscard]] static __m128i load(const NibbleTable& table) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data()));
    }

    [[nodiscard]] std::uint64_t equal(__m512i pattern) const {
        return as_word(_mm512_cmpeq_epi8_mask(bytes_, pattern));
    }

    const Patterns& patterns_;
    const char* begin_;
    __m512i bytes_;
};

// Looks for mistakes in UTF-8; see utf8_nibbles.hpp. Bytes ahead are loaded once more rather than
// moved: moving them, like most of what a block needs, is done by one unit of the processor alone.
class Utf8Check {
  public:
    Utf8Check() : mistakes_(_mm512_setzero_si512()) {}

    // Of a block with nothing ahead of it.
    void look_at_first(const Block& block) {
        const auto ahead = [&](int count) {
            return _mm512_maskz_loadu_epi8(~std::uint64_t{0} << count, block.begin() - count);
        };
        look_at(block.bytes(), ahead(1), ahead(2), ahead(3));
    }

    // Without asking whether there is anything but ASCII, which is hard to foretell.
    void look_at(const Block& block) {
        const auto ahead = [&](int count) { return _mm512_loadu_si512(block.begin() - count); };
        look_at(block.bytes(), ahead(1), ahead(2), ahead(3));
    }

    /// There is none.
    [[nodiscard]] bool is_sure() const { return _mm512_test_epi8_mask(mistakes_, mistakes_) == 0; }

  private:
    // Four times, since of an index six bits count.
    [[nodiscard]] static __m512i table(const Utf8Table& entries) {
        return kept(_mm512_broadcast_i32x4(
            _mm_loadu_si128(reinterpret_cast<const __m128i*>(entries.data()))));
    }

    void look_at(__m512i bytes, __m512i first, __m512i second, __m512i third) {
        const __m512i first_low = _mm512_permutexvar_epi8(first, first_low_);
        const __m512i first_high =
            _mm512_permutexvar_epi8(_mm512_srli_epi16(first, 4), first_high_);
        const __m512i second_high =
            _mm512_permutexvar_epi8(_mm512_srli_epi16(bytes, 4), second_high_);
        constexpr int kAnd = 0x80;  // of all three
        const __m512i pairs = _mm512_ternarylogic_epi64(first_low, first_high, second_high, kAnd);
        // Two behind e0..ff and three behind f0..ff a continuation must follow another.
        constexpr int kAnyAnd = 0xa8;  // one of the first two, and the third
        const __m512i expected =
            _mm512_ternarylogic_epi64(_mm512_subs_epu8(second, to_third_),
                                      _mm512_subs_epu8(third, to_fourth_), top_bit_, kAnyAnd);
        constexpr int kOrDiffer = 0xf6;  // the first, or the others differ
        mistakes_ = _mm512_ternarylogic_epi64(mistakes_, expected, pairs, kOrDiffer);
    }

    __m512i first_high_ = table(kUtf8FirstHigh);
    __m512i first_low_ = table(kUtf8FirstLow);
    __m512i second_high_ = table(kUtf8SecondHigh);
    __m512i to_third_ = kept(_mm512_set1_epi8(0xe0 - 0x80));
    __m512i to_fourth_ = kept(_mm512_set1_epi8(0xf0 - 0x80));
    __m512i top_bit_ = kept(_mm512_set1_epi8(static_cast<char>(0x80)));
    __m512i mistakes_;
};

alignas(64) constexpr std::array<std::uint8_t, 64> kIndices = [] {
    std::array<std::uint8_t, 64> indices{};
    for (std::size_t i = 0; i < indices.size(); ++i)
        indices[i] = static_cast<std::uint8_t>(i);
    return indices;
}();

// Bytes and indices of the tokens, compressed to the front; the indices are widened sixteen at a
// time.
inline void write_tokens(const Block& block, std::uint64_t tokens, std::uint32_t offset,
                         std::uint32_t* offsets, char* bytes) {
    _mm512_storeu_si512(bytes, _mm512_maskz_compress_epi8(tokens, block.bytes()));
    const __m512i indices = _mm512_maskz_compress_epi8(tokens, _mm512_load_si512(kIndices.data()));
    const __m512i base = _mm512_set1_epi32(static_cast<int>(offset));
    const auto write = [&](__m128i sixteen, int at) {
        _mm512_storeu_si512(offsets + at, _mm512_add_epi32(_mm512_cvtepu8_epi32(sixteen), base));
    };
    // Always both: it is hard to foretell whether there are more than sixteen.
    write(_mm512_castsi512_si128(indices), 0);
    write(_mm512_extracti32x4_epi32(indices, 1), 16);
    if (_mm_popcnt_u64(tokens) <= 32) return;
    write(_mm512_extracti32x4_epi32(indices, 2), 32);
    write(_mm512_extracti32x4_epi32(indices, 3), 48);
}
