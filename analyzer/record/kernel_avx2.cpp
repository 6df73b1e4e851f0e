// The scanner for x86-64 processors with AVX2, BMI, PCLMUL and POPCNT (2013 and later).
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>

#include "record/escape_nibbles.hpp"
#include "record/line_layout.hpp"
#include "record/line_notes.hpp"
#include "record/line_skeletons.hpp"
#include "record/scalar_nibbles.hpp"
#include "record/structure_kernel.hpp"
#include "record/token_masks.hpp"
#include "record/token_walk.hpp"
#include "record/utf8_nibbles.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

// Only what stands between the pragmas is compiled for AVX2: a header's inline function compiled
// here for AVX2 could otherwise be the copy that the linker keeps for everyone.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,pclmul,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,pclmul,popcnt")
#endif

namespace stream_analyzer {
namespace avx2 {

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

    [[nodiscard]] std::uint64_t non_ascii() const { return mask(low_, high_); }

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
// moved, as in kernel_avx512.cpp.
class Utf8Check {
  public:
    Utf8Check() : mistakes_(_mm256_setzero_si256()) {}

    void look_at_first(const Block& block) {
        last_non_ascii_ = block.non_ascii();
        if (last_non_ascii_ == 0) return;
        std::array<char, kAhead + 64> bytes{};
        std::memcpy(bytes.data() + kAhead, block.bytes(), 64);
        look_at(bytes.data() + kAhead);
    }

    void look_at(const Block& block) {
        const std::uint64_t non_ascii = block.non_ascii();
        if ((non_ascii | last_non_ascii_) != 0) look_at(block.bytes());
        last_non_ascii_ = non_ascii;
    }

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
    std::uint64_t last_non_ascii_ = 0;
};

inline std::uint32_t first_bit(std::uint64_t bits) {
    return static_cast<std::uint32_t>(_tzcnt_u64(bits));
}

// Not zero where a scalar may begin.
inline __m256i scalar_kinds(__m256i bytes) {
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
    return _mm256_and_si256(_mm256_shuffle_epi8(twice(kScalarsByLowNibble), bytes),
                            _mm256_shuffle_epi8(twice(kScalarsByHighNibble), high));
}

inline TokenMasks token_masks(const char* tokens) {
    const auto load = [tokens](int at) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(tokens + at));
    };
    const auto mask = [](__m256i low, __m256i high) {
        const auto low_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
        const auto high_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
        return static_cast<std::uint64_t>(high_bits) << 32U | low_bits;
    };
    const __m256i low = load(0);
    const __m256i high = load(32);
    const auto equal = [&](char byte, __m256i left, __m256i right) {
        const __m256i pattern = _mm256_set1_epi8(byte);
        return mask(_mm256_cmpeq_epi8(left, pattern), _mm256_cmpeq_epi8(right, pattern));
    };
    const __m256i brace_bit = _mm256_set1_epi8(0x20);
    const __m256i low_braces = _mm256_or_si256(low, brace_bit);
    const __m256i high_braces = _mm256_or_si256(high, brace_bit);
    return {
        .quotes = equal('"', low, high),
        .colons = equal(':', low, high),
        .commas = equal(',', low, high),
        .line_feeds = equal('\n', low, high),
        .opens = equal('{', low_braces, high_braces),
        .closes = equal('}', low_braces, high_braces),
        // Among brackets only braces have that bit.
        .braces = ~equal(0, _mm256_and_si256(low, brace_bit), _mm256_and_si256(high, brace_bit)),
        .scalars = ~equal(0, scalar_kinds(low), scalar_kinds(high))};
}

// Whether an escape in the first bytes of a key may spell a part of a wanted one; of one that is
// cut off there, yes.
inline bool has_escape(std::uint64_t head, bool are_keys_plain) {
    const std::uint64_t escapes = places_of('\\', head);
    if (!are_keys_plain) return escapes != 0;
    constexpr std::uint64_t kAll = ~std::uint64_t{0};
    const std::uint64_t zeros = places_of('0', head);
    return (escapes & (places_of('u', head) >> 8U | kAll << 56U) & (zeros >> 16U | kAll << 48U) &
            (zeros >> 24U | kAll << 40U)) != 0;
}

inline void list_members(const LineNotes& notes, std::size_t first, std::uint64_t values,
                         MemberList& members) {
    for (std::uint64_t left = values; left != 0; left &= left - 1) {
        const std::size_t value = first + static_cast<std::size_t>(_tzcnt_u64(left));
        members.values[members.size] = static_cast<std::uint32_t>(value);
        members.keys[members.size++] = notes.offsets()[value - 2];
    }
}

inline void match_keys(const LineNotes& notes, const std::uint32_t* offsets, std::size_t count,
                       KeyMasks& wanted) {
    const std::span<const FieldPlan::Key> keys = notes.root_keys();
    for (std::size_t k = 0; k < keys.size(); ++k)
        wanted.hits[k] = 0;
    const bool are_plain = notes.are_keys_plain();
    wanted.unsure = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t head = word_at(notes.run() + offsets[i] + 1);
        for (std::size_t k = 0; k < keys.size(); ++k) {
            const bool is_hit = ((head ^ keys[k].head) & keys[k].head_mask) == 0;
            wanted.hits[k] |= static_cast<std::uint64_t>(is_hit) << i;
        }
        wanted.unsure |= static_cast<std::uint64_t>(has_escape(head, are_plain)) << i;
    }
    for (std::size_t k = 0; k < keys.size(); ++k) {
        if (!keys[k].is_short()) wanted.unsure |= wanted.hits[k];
    }
}

inline AdjacentPairs adjacent_pairs(std::uint64_t /*brackets*/, std::uint64_t /*opens*/,
                                    std::uint64_t /*braces*/) {
    return {};  // of processors without AVX-512 some need longer to pack bits than to walk
}

// As wide as a mask: 64 bytes.
class Bytes64 {
  public:
    Bytes64() = default;
    explicit Bytes64(const char* bytes)
        : low_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes))),
          high_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32))) {}

    [[nodiscard]] std::uint64_t equal(char c) const {
        const __m256i pattern = _mm256_set1_epi8(c);
        return mask(_mm256_cmpeq_epi8(low_, pattern), _mm256_cmpeq_epi8(high_, pattern));
    }
    [[nodiscard]] std::uint64_t equal(const Bytes64& other) const {
        return mask(_mm256_cmpeq_epi8(low_, other.low_), _mm256_cmpeq_epi8(high_, other.high_));
    }
    // Opening ones.
    [[nodiscard]] std::uint64_t brackets() const {
        const __m256i brace_bit = _mm256_set1_epi8(0x20);
        const __m256i brace = _mm256_set1_epi8('{');
        return mask(_mm256_cmpeq_epi8(_mm256_or_si256(low_, brace_bit), brace),
                    _mm256_cmpeq_epi8(_mm256_or_si256(high_, brace_bit), brace));
    }
    void replace_scalars() {
        low_ = without_scalars(low_);
        high_ = without_scalars(high_);
    }
    void store(char* bytes) const {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(bytes), low_);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(bytes + 32), high_);
    }

  private:
    [[nodiscard]] static __m256i without_scalars(__m256i bytes) {
        const __m256i others = _mm256_cmpeq_epi8(scalar_kinds(bytes), _mm256_setzero_si256());
        return _mm256_blendv_epi8(_mm256_set1_epi8('0'), bytes, others);
    }
    [[nodiscard]] static std::uint64_t mask(__m256i low, __m256i high) {
        const auto low_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
        const auto high_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
        return static_cast<std::uint64_t>(high_bits) << 32U | low_bits;
    }

    __m256i low_;
    __m256i high_;
};

class SkeletonTokens {
  public:
    SkeletonTokens() = default;
    explicit SkeletonTokens(const char* bytes) : low_(bytes), high_(bytes + 64) {
        const std::uint64_t in_low = low_.equal('\n');
        const std::uint64_t in_high = high_.equal('\n');
        line_feed_ = in_low != 0 ? _tzcnt_u64(in_low) : 64 + _tzcnt_u64(in_high);
        low_mask_ = lowest_bits(line_feed_ + 1);
        high_mask_ = lowest_bits(std::max<std::uint64_t>(line_feed_, 63) - 63);
        low_.replace_scalars();
        high_.replace_scalars();
    }

    [[nodiscard]] std::size_t line_feed() const { return line_feed_; }

    [[nodiscard]] std::uint64_t hash() const {
        return hash_of_tokens(low_.equal('"') & low_mask_, high_.equal('"') & high_mask_,
                              low_.brackets() & low_mask_, high_.brackets() & high_mask_);
    }

    [[nodiscard]] bool are_those_of(const Skeleton& skeleton) const {
        const char* const tokens = skeleton.tokens.data();
        return ((low_mask_ & ~low_.equal(Bytes64(tokens))) |
                (high_mask_ & ~high_.equal(Bytes64(tokens + 64)))) == 0;
    }

    void copy_to(char* tokens) const {
        low_.store(tokens);
        high_.store(tokens + 64);
    }

  private:
    [[nodiscard]] static std::uint64_t lowest_bits(std::uint64_t count) {
        return count < 64 ? (std::uint64_t{1} << count) - 1 : ~std::uint64_t{0};
    }

    Bytes64 low_;
    Bytes64 high_;
    std::uint64_t line_feed_;
    std::uint64_t low_mask_;  // up to the line feed
    std::uint64_t high_mask_;
};

inline bool have_keys(const LineNotes& notes, std::size_t line, const SkeletonKeys& keys) {
    std::uint64_t wrong = 0;
    std::uint64_t known = keys.known;
    for (std::size_t key = 0; known != 0; ++key, known >>= 8U) {
        const std::uint64_t head = word_at(notes.place(line + keys.tokens[key]) + 1);
        // One to eight bytes are known, the first ones.
        const auto bytes = static_cast<unsigned>(std::popcount(known & 0xffU));
        wrong |= (head ^ keys.heads[key]) << (64 - 8 * bytes);
    }
    return wrong == 0;
}

inline std::uint64_t line_feeds_in(const char* bytes) {
    return Bytes64(bytes).equal('\n');
}

inline bool is_laid_out(const char* bytes, const LineLayout& layout, std::size_t block) {
    const std::size_t first = block * LineLayout::kBlock_bytes;
    std::uint32_t inside = ~std::uint32_t{0};
    for (const std::size_t at : {0U, 32U}) {
        const auto load = [at](const char* from) {
            return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + at));
        };
        const __m256i above = _mm256_sub_epi8(load(bytes), load(layout.lowest.data() + first));
        const __m256i range = load(layout.range.data() + first);
        const __m256i is_inside = _mm256_cmpeq_epi8(_mm256_max_epu8(above, range), range);
        inside &= static_cast<std::uint32_t>(_mm256_movemask_epi8(is_inside));
    }
    const Bytes64 text(bytes);
    const std::uint64_t specials = text.equal('"') | text.equal('\\');
    return inside == ~std::uint32_t{0} && (specials & layout.in_string[block]) == 0;
}

#include "record/prefix_xor_x86.inc.hpp"
#include "record/write_tokens.inc.hpp"
// It needs the above.
#include "record/index_lines.inc.hpp"
#include "record/line_grammar.inc.hpp"
#include "record/match_lines.inc.hpp"
#include "record/repeat_lines.inc.hpp"
#include "record/walk_lines.inc.hpp"

}  // namespace avx2
}  // namespace stream_analyzer

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

namespace stream_analyzer {

StructureKernel avx2_structure_kernel() {
    const bool runs_here =
        __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
        __builtin_cpu_supports("pclmul") != 0 && __builtin_cpu_supports("popcnt") != 0;
    if (!runs_here) return {"avx2"};
    return {"avx2",           avx2::index_lines<false>, avx2::index_lines<true>,
            avx2::walk_lines, avx2::repeat_lines,       avx2::match_lines};
}

}  // namespace stream_analyzer

#else

namespace stream_analyzer {

StructureKernel avx2_structure_kernel() {
    return {"avx2"};
}

}  // namespace stream_analyzer

#endif
