// The scanner for x86-64 processors with AVX-512, VBMI and VBMI2 (Ice Lake of 2019, Zen 4, and
// later).
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
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

// g++ 12 takes the deliberately undefined vectors of its own header for a mistake (GCC bug 105593).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>

// See kernel_avx2.cpp for the pragmas.
#if defined(__clang__)
#pragma clang attribute push(                                                                  \
    __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt,pclmul"))), \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt,pclmul")
#endif

namespace stream_analyzer {
namespace avx512 {

#include "record/prefix_xor_x86.inc.hpp"

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

// Vectors to compare with, kept as in kernel_avx2.cpp, where the tables are explained.
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

// The tokens with which a scalar may begin.
inline __mmask64 scalars(__m512i tokens) {
    const __m512i high = _mm512_and_si512(_mm512_srli_epi16(tokens, 4), _mm512_set1_epi8(0x0f));
    const __m512i low_nibbles = _mm512_broadcast_i32x4(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(kScalarsByLowNibble.data())));
    const __m512i high_nibbles = _mm512_broadcast_i32x4(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(kScalarsByHighNibble.data())));
    return _mm512_test_epi8_mask(_mm512_shuffle_epi8(low_nibbles, tokens),
                                 _mm512_shuffle_epi8(high_nibbles, high));
}

inline TokenMasks token_masks(const char* tokens) {
    const __m512i bytes = _mm512_loadu_si512(tokens);
    const auto equal = [](__m512i left, char right) {
        return as_word(_mm512_cmpeq_epi8_mask(left, _mm512_set1_epi8(right)));
    };
    const __m512i space = _mm512_set1_epi8(0x20);
    const __m512i braces = _mm512_or_si512(bytes, space);
    return {.quotes = equal(bytes, '"'),
            .colons = equal(bytes, ':'),
            .commas = equal(bytes, ','),
            .line_feeds = equal(bytes, '\n'),
            .opens = equal(braces, '{'),
            .closes = equal(braces, '}'),
            .braces = as_word(_mm512_test_epi8_mask(bytes, space)),
            .scalars = as_word(scalars(bytes))};
}

// The escapes in the first bytes of eight keys which may spell a part of a wanted key; of those
// that are cut off there, all.
inline std::uint64_t escapes_in(__m512i heads, bool are_keys_plain) {
    const auto equal = [heads](char c) {
        return as_word(_mm512_cmpeq_epi8_mask(heads, _mm512_set1_epi8(c)));
    };
    const std::uint64_t escapes = equal('\\');
    if (!are_keys_plain) return escapes;
    constexpr std::uint64_t kLast = 0x8080808080808080U;  // of each key's eight bytes
    const std::uint64_t zeros = equal('0');
    return escapes & (equal('u') >> 1U | kLast) & (zeros >> 2U | kLast | kLast >> 1U) &
           (zeros >> 3U | kLast | kLast >> 1U | kLast >> 2U);
}

inline void list_members(const LineNotes& notes, std::size_t first, std::uint64_t values,
                         MemberList& members) {
    // A member has four tokens, so there are at most sixteen.
    const __m512i tokens = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(
        _mm512_maskz_compress_epi8(values, _mm512_load_si512(kIndices.data()))));
    const int count = std::popcount(values);
    const auto lanes = static_cast<__mmask16>((1U << count) - 1);
    // The key is two tokens ahead of the value.
    const __m512i keys = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, tokens,
                                                     notes.offsets() + first - 2, 4);
    const __m512i base = _mm512_set1_epi32(static_cast<int>(first));
    _mm512_storeu_si512(members.values.data() + members.size, _mm512_add_epi32(tokens, base));
    _mm512_storeu_si512(members.keys.data() + members.size, keys);
    members.size += static_cast<std::size_t>(count);
}

inline void match_keys(const LineNotes& notes, const std::uint32_t* offsets, std::size_t count,
                       KeyMasks& wanted) {
    const std::span<const FieldPlan::Key> keys = notes.root_keys();
    const auto lanes = static_cast<__mmask8>((1U << count) - 1);
    const __m512i heads = _mm512_mask_i32gather_epi64(
        _mm512_setzero_si512(), lanes,
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(offsets)), notes.run() + 1, 1);
    const __m512i escaped = _mm512_movm_epi8(escapes_in(heads, notes.are_keys_plain()));
    wanted.unsure = _mm512_test_epi64_mask(escaped, escaped);
    for (std::size_t k = 0; k < keys.size(); ++k) {
        const __m512i head = _mm512_set1_epi64(static_cast<std::int64_t>(keys[k].head));
        const __m512i mask = _mm512_set1_epi64(static_cast<std::int64_t>(keys[k].head_mask));
        const std::uint64_t hits =
            _mm512_mask_testn_epi64_mask(lanes, _mm512_xor_si512(heads, head), mask);
        wanted.hits[k] = hits;
        if (!keys[k].is_short()) wanted.unsure |= hits;
    }
}

inline AdjacentPairs adjacent_pairs(std::uint64_t brackets, std::uint64_t opens,
                                    std::uint64_t braces) {
    // What is nested deeper is left to who walks over brackets one by one; measured on lines of 23
    // brackets: one round 5 % of the scan, two 6 %, three no more.
    constexpr int kRounds = 2;
    AdjacentPairs pairs;
    for (int round = 0; round < kRounds; ++round) {
        // With nothing between them.
        const std::uint64_t open = _pext_u64(opens, brackets);
        const std::uint64_t kind = _pext_u64(braces, brackets);
        const auto last = static_cast<unsigned>(std::popcount(brackets) - 1);
        const std::uint64_t first = _bzhi_u64(open & ~(open >> 1U) & ~(kind ^ kind >> 1U), last);
        const std::uint64_t found = _pdep_u64(first | first << 1U, brackets);
        pairs.brackets |= found;
        pairs.inside |= prefix_xor(found);
        brackets ^= found;
    }
    return pairs;
}

inline std::uint64_t line_feeds_in(const char* bytes) {
    return as_word(_mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes), _mm512_set1_epi8('\n')));
}

inline bool is_laid_out(const char* bytes, const LineLayout& layout, std::size_t block) {
    const std::size_t first = block * LineLayout::kBlock_bytes;
    const __m512i text = _mm512_loadu_si512(bytes);
    const __m512i above = _mm512_sub_epi8(text, _mm512_load_si512(layout.lowest.data() + first));
    const __mmask64 outside =
        _mm512_cmpgt_epu8_mask(above, _mm512_load_si512(layout.range.data() + first));
    const __mmask64 in_string = layout.in_string[block];
    const __mmask64 quotes = _mm512_mask_cmpeq_epi8_mask(in_string, text, _mm512_set1_epi8('"'));
    const __mmask64 backslashes =
        _mm512_mask_cmpeq_epi8_mask(in_string, text, _mm512_set1_epi8('\\'));
    return (outside | quotes | backslashes) == 0;
}

class SkeletonTokens {
  public:
    SkeletonTokens() = default;
    explicit SkeletonTokens(const char* bytes)
        : low_(_mm512_loadu_si512(bytes)), high_(_mm512_loadu_si512(bytes + 64)) {
        const std::uint64_t in_low = equal(low_, '\n');
        const std::uint64_t in_high = equal(high_, '\n');
        line_feed_ = in_low != 0 ? _tzcnt_u64(in_low) : 64 + _tzcnt_u64(in_high);
        low_mask_ = _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(line_feed_ + 1));
        high_mask_ = _bzhi_u64(~std::uint64_t{0},
                               static_cast<unsigned>(std::max<std::uint64_t>(line_feed_, 63) - 63));
        low_ = _mm512_mask_mov_epi8(low_, scalars(low_), _mm512_set1_epi8('0'));
        high_ = _mm512_mask_mov_epi8(high_, scalars(high_), _mm512_set1_epi8('0'));
    }

    [[nodiscard]] std::size_t line_feed() const { return line_feed_; }

    [[nodiscard]] std::uint64_t hash() const {
        return hash_of_tokens(equal(low_, '"') & low_mask_, equal(high_, '"') & high_mask_,
                              brackets(low_) & low_mask_, brackets(high_) & high_mask_);
    }

    [[nodiscard]] bool are_those_of(const Skeleton& skeleton) const {
        const char* const tokens = skeleton.tokens.data();
        return (_mm512_mask_cmpneq_epi8_mask(low_mask_, low_, _mm512_load_si512(tokens)) |
                _mm512_mask_cmpneq_epi8_mask(high_mask_, high_, _mm512_load_si512(tokens + 64))) ==
               0;
    }

    void copy_to(char* tokens) const {
        _mm512_storeu_si512(tokens, low_);
        _mm512_storeu_si512(tokens + 64, high_);
    }

  private:
    [[nodiscard]] static std::uint64_t equal(__m512i tokens, char token) {
        return as_word(_mm512_cmpeq_epi8_mask(tokens, _mm512_set1_epi8(token)));
    }
    // Opening ones.
    [[nodiscard]] static std::uint64_t brackets(__m512i tokens) {
        return equal(_mm512_or_si512(tokens, _mm512_set1_epi8(0x20)), '{');
    }

    __m512i low_;
    __m512i high_;
    std::uint64_t line_feed_;
    std::uint64_t low_mask_;  // up to the line feed
    std::uint64_t high_mask_;
};

inline bool have_keys(const LineNotes& notes, std::size_t line, const SkeletonKeys& keys) {
    const __m256i tokens =
        _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(keys.tokens.data())));
    const __m256i offsets = _mm256_i32gather_epi32(
        reinterpret_cast<const int*>(notes.offsets() + line), tokens, sizeof(std::uint32_t));
    const __m512i heads = _mm512_i32gather_epi64(offsets, notes.run() + 1, 1);
    return _mm512_mask_cmpneq_epi8_mask(keys.known, heads, _mm512_loadu_si512(keys.heads.data())) ==
           0;
}

// It needs the above.
#include "record/index_lines.inc.hpp"
#include "record/line_grammar.inc.hpp"
#include "record/match_lines.inc.hpp"
#include "record/repeat_lines.inc.hpp"
#include "record/walk_lines.inc.hpp"

}  // namespace avx512
}  // namespace stream_analyzer

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

namespace stream_analyzer {

StructureKernel avx512_structure_kernel() {
    const bool runs_here =
        __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
        __builtin_cpu_supports("avx512vbmi") != 0 && __builtin_cpu_supports("avx512vbmi2") != 0 &&
        __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("bmi2") != 0 &&
        __builtin_cpu_supports("popcnt") != 0 && __builtin_cpu_supports("pclmul") != 0;
    if (!runs_here) return {"avx512"};
    return {"avx512",           avx512::index_lines<false>, avx512::index_lines<true>,
            avx512::walk_lines, avx512::repeat_lines,       avx512::match_lines};
}

}  // namespace stream_analyzer

#else

namespace stream_analyzer {

StructureKernel avx512_structure_kernel() {
    return {"avx512"};
}

}  // namespace stream_analyzer

#endif
