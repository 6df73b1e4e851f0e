// What index_lines.inc.hpp needs of a kernel, for AVX2. Included by kernel_avx2.cpp inside its
// namespace.

// Vectors to compare with. The empty assembler text keeps the compiler from making them anew for
// every block, which g++ 12 does and which takes 3 % of the scan.
class Patterns {
  public:
    Patterns()
        : backslash(kept(_mm256_set1_epi8('\\'))),
          quote(kept(_mm256_set1_epi8('"'))),
          line_feed(kept(_mm256_set1_epi8('\n'))),
          last_control(kept(_mm256_set1_epi8(0x1f))),
          brace_bit(kept(_mm256_set1_epi8(0x20))),
          operators(kept(_mm256_broadcastsi128_si256(
              _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0)))),
          blanks(kept(_mm256_broadcastsi128_si256(
              _mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', 0, 0, 0, '\r', 0, 0)))) {}

    __m256i backslash;
    __m256i quote;
    __m256i line_feed;
    __m256i last_control;
    __m256i brace_bit;
    // Each operator has a low nibble of its own once bit 0x20 is set, in which brackets differ from
    // braces; at the nibble stands the operator.
    __m256i operators;
    // So have the blanks.
    __m256i blanks;

  private:
    static __m256i kept(__m256i vector) {
        __asm__("" : "+x"(vector));
        return vector;
    }
};

[[nodiscard]] inline __m256i twice(const NibbleTable& table) {
    return _mm256_broadcastsi128_si256(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

class Block {
  public:
    Block(const char* bytes, const Patterns& patterns)
        : patterns_(patterns),
          bytes_(bytes),
          low_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes))),
          high_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32))) {}

    [[nodiscard]] const char* bytes() const { return bytes_; }

    [[nodiscard]] std::uint64_t backslashes() const { return equal(patterns_.backslash); }
    [[nodiscard]] std::uint64_t quotes() const { return equal(patterns_.quote); }
    [[nodiscard]] std::uint64_t line_feeds() const { return equal(patterns_.line_feed); }

    // Some control characters differ from operators only in bit 0x20.
    [[nodiscard]] std::uint64_t operators() const {
        const __m256i low = _mm256_or_si256(low_, patterns_.brace_bit);
        const __m256i high = _mm256_or_si256(high_, patterns_.brace_bit);
        const std::uint64_t alike =
            mask(_mm256_cmpeq_epi8(low, _mm256_shuffle_epi8(patterns_.operators, low_)),
                 _mm256_cmpeq_epi8(high, _mm256_shuffle_epi8(patterns_.operators, high_)));
        return (alike & ~control()) | line_feeds();
    }

    [[nodiscard]] std::uint64_t blanks() const {
        return mask(_mm256_cmpeq_epi8(low_, _mm256_shuffle_epi8(patterns_.blanks, low_)),
                    _mm256_cmpeq_epi8(high_, _mm256_shuffle_epi8(patterns_.blanks, high_)));
    }

    [[nodiscard]] std::uint64_t control() const {
        return mask(_mm256_cmpeq_epi8(_mm256_min_epu8(low_, patterns_.last_control), low_),
                    _mm256_cmpeq_epi8(_mm256_min_epu8(high_, patterns_.last_control), high_));
    }

    [[nodiscard]] EscapeMasks escapes() const {
        const __m256i low = escape_kinds(low_);
        const __m256i high = escape_kinds(high_);
        return {~lacks(low, high, kEscapeLetter), ~lacks(low, high, kHexDigit),
                equal(_mm256_set1_epi8('u'))};
    }

  private:
    [[nodiscard]] static __m256i escape_kinds(__m256i bytes) {
        const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
        return _mm256_and_si256(_mm256_shuffle_epi8(twice(kEscapesByLowNibble), bytes),
                                _mm256_shuffle_epi8(twice(kEscapesByHighNibble), high));
    }

    // Bytes that have none of the bits.
    [[nodiscard]] static std::uint64_t lacks(__m256i low, __m256i high, char bits) {
        const __m256i wanted = _mm256_set1_epi8(bits);
        const __m256i zero = _mm256_setzero_si256();
        return mask(_mm256_cmpeq_epi8(_mm256_and_si256(low, wanted), zero),
                    _mm256_cmpeq_epi8(_mm256_and_si256(high, wanted), zero));
    }

    [[nodiscard]] std::uint64_t equal(__m256i pattern) const {
        return mask(_mm256_cmpeq_epi8(low_, pattern), _mm256_cmpeq_epi8(high_, pattern));
    }

    [[nodiscard]] static std::uint64_t mask(__m256i low, __m256i high) {
        const auto low_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
        const auto high_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
        return static_cast<std::uint64_t>(high_bits) << 32U | low_bits;
    }

    const Patterns& patterns_;
    const char* bytes_;
    __m256i low_;
    __m256i high_;
};

// Looks for mistakes in UTF-8; see utf8_nibbles.hpp. Bytes ahead are loaded once more rather than
// moved, as in blocks_avx512.inc.hpp.
class Utf8Check {
  public:
    Utf8Check() : mistakes_(_mm256_setzero_si256()) {}

    void look_at_first(const Block& block) {
        std::array<char, kAhead + 64> bytes{};
        std::memcpy(bytes.data() + kAhead, block.bytes(), 64);
        look_at(bytes.data() + kAhead);
    }

    // Without asking whether there is anything but ASCII, which is hard to foretell (measured: a
    // tenth of the scan of lines with texts of both kinds).
    void look_at(const Block& block) { look_at(block.bytes()); }

    /// There is none.
    [[nodiscard]] bool is_sure() const { return _mm256_testz_si256(mistakes_, mistakes_) != 0; }

  private:
    static constexpr std::size_t kAhead = 32;  // three would do

    void look_at(const char* bytes) {
        mistakes_ = _mm256_or_si256(mistakes_,
                                    _mm256_or_si256(mistakes_of(bytes), mistakes_of(bytes + 32)));
    }

    [[nodiscard]] static __m256i table(const Utf8Table& entries) {
        return _mm256_broadcastsi128_si256(
            _mm_loadu_si128(reinterpret_cast<const __m128i*>(entries.data())));
    }

    [[nodiscard]] static __m256i high_half(__m256i bytes) {
        return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
    }

    [[nodiscard]] static __m256i mistakes_of(const char* at) {
        const auto ahead = [at](int count) {
            return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at - count));
        };
        const __m256i first = ahead(1);
        const __m256i pairs = _mm256_and_si256(
            _mm256_and_si256(_mm256_shuffle_epi8(table(kUtf8FirstHigh), high_half(first)),
                             _mm256_shuffle_epi8(table(kUtf8FirstLow),
                                                 _mm256_and_si256(first, _mm256_set1_epi8(0x0f)))),
            _mm256_shuffle_epi8(table(kUtf8SecondHigh), high_half(ahead(0))));
        // Two behind e0..ff and three behind f0..ff a continuation must follow another.
        const __m256i third = _mm256_subs_epu8(ahead(2), _mm256_set1_epi8(0xe0 - 0x80));
        const __m256i fourth = _mm256_subs_epu8(ahead(3), _mm256_set1_epi8(0xf0 - 0x80));
        const __m256i expected = _mm256_and_si256(_mm256_or_si256(third, fourth),
                                                  _mm256_set1_epi8(static_cast<char>(0x80)));
        return _mm256_xor_si256(expected, pairs);
    }

    __m256i mistakes_;
};

inline std::uint32_t first_bit(std::uint64_t bits) {
    return static_cast<std::uint32_t>(_tzcnt_u64(bits));
}

#include "record/write_tokens.inc.hpp"
