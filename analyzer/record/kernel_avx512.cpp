// The scanner for x86-64 processors with AVX-512 and VBMI2 (Ice Lake of 2019, Zen 4, and later).
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "record/escape_nibbles.hpp"
#include "record/structure_kernel.hpp"
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
#pragma clang attribute push(                                                  \
    __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt,pclmul"))), \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt,pclmul")
#endif

namespace stream_analyzer {
namespace avx512 {

// Vectors to compare with, kept as in kernel_avx2.cpp, where the tables are explained.
class Patterns {
  public:
    Patterns()
        : backslash(kept(_mm512_set1_epi8('\\'))),
          quote(kept(_mm512_set1_epi8('"'))),
          line_feed(kept(_mm512_set1_epi8('\n'))),
          space(kept(_mm512_set1_epi8(0x20))),
          operators(kept(_mm512_broadcast_i32x4(
              _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0)))),
          blanks(kept(_mm512_broadcast_i32x4(
              _mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0)))) {}

    __m512i backslash;
    __m512i quote;
    __m512i line_feed;
    __m512i
        space;  // the bit in which brackets differ from braces, and the first that is no control
    __m512i operators;
    __m512i blanks;

  private:
    static __m512i kept(__m512i vector) {
        __asm__("" : "+v"(vector));
        return vector;
    }
};

class Block {
  public:
    Block(const char* bytes, const Patterns& patterns)
        : patterns_(patterns), bytes_(_mm512_loadu_si512(bytes)) {}

    [[nodiscard]] __m512i bytes() const { return bytes_; }

    [[nodiscard]] std::uint64_t backslashes() const { return equal(patterns_.backslash); }
    [[nodiscard]] std::uint64_t quotes() const { return equal(patterns_.quote); }
    [[nodiscard]] std::uint64_t line_feeds() const { return equal(patterns_.line_feed); }

    [[nodiscard]] std::uint64_t operators() const {
        return _mm512_cmpeq_epi8_mask(_mm512_or_si512(bytes_, patterns_.space),
                                      _mm512_shuffle_epi8(patterns_.operators, bytes_));
    }

    [[nodiscard]] std::uint64_t blanks() const {
        return equal(_mm512_shuffle_epi8(patterns_.blanks, bytes_));
    }

    [[nodiscard]] std::uint64_t control() const {
        return _mm512_cmplt_epu8_mask(bytes_, patterns_.space);
    }

    [[nodiscard]] std::uint64_t non_ascii() const { return _mm512_movepi8_mask(bytes_); }

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
        return _mm512_cmpeq_epi8_mask(bytes_, pattern);
    }

    const Patterns& patterns_;
    __m512i bytes_;
};

// Looks for mistakes in UTF-8 from block to block; see utf8_nibbles.hpp.
class Utf8Check {
  public:
    Utf8Check() : mistakes_(_mm512_setzero_si512()), last_bytes_(_mm512_setzero_si512()) {}

    void look_at(const Block& block, std::uint64_t non_ascii) {
        if ((non_ascii | last_non_ascii_) != 0) {
            mistakes_ = _mm512_or_si512(mistakes_, mistakes_of(block.bytes(), last_bytes_));
        }
        last_non_ascii_ = non_ascii;
        last_bytes_ = block.bytes();
    }

    /// There is none.
    [[nodiscard]] bool is_sure() const { return _mm512_test_epi8_mask(mistakes_, mistakes_) == 0; }

  private:
    [[nodiscard]] static __m512i table(const Utf8Table& entries) {
        return _mm512_broadcast_i32x4(
            _mm_loadu_si128(reinterpret_cast<const __m128i*>(entries.data())));
    }

    [[nodiscard]] static __m512i high_half(__m512i bytes) {
        return _mm512_and_si512(_mm512_srli_epi16(bytes, 4), _mm512_set1_epi8(0x0f));
    }

    [[nodiscard]] static __m512i mistakes_of(__m512i bytes, __m512i last) {
        // Each quarter beside the one ahead of it, so that bytes can be moved by one, two, three.
        const __m512i ahead = _mm512_alignr_epi32(bytes, last, 12);
        const __m512i first = _mm512_alignr_epi8(bytes, ahead, 15);
        const __m512i pairs = _mm512_and_si512(
            _mm512_and_si512(_mm512_shuffle_epi8(table(kUtf8FirstHigh), high_half(first)),
                             _mm512_shuffle_epi8(table(kUtf8FirstLow),
                                                 _mm512_and_si512(first, _mm512_set1_epi8(0x0f)))),
            _mm512_shuffle_epi8(table(kUtf8SecondHigh), high_half(bytes)));
        // Two behind e0..ff and three behind f0..ff a continuation must follow another.
        const __m512i third =
            _mm512_subs_epu8(_mm512_alignr_epi8(bytes, ahead, 14), _mm512_set1_epi8(0xe0 - 0x80));
        const __m512i fourth =
            _mm512_subs_epu8(_mm512_alignr_epi8(bytes, ahead, 13), _mm512_set1_epi8(0xf0 - 0x80));
        const __m512i expected = _mm512_and_si512(_mm512_or_si512(third, fourth),
                                                  _mm512_set1_epi8(static_cast<char>(0x80)));
        return _mm512_xor_si512(expected, pairs);
    }

    __m512i mistakes_;
    __m512i last_bytes_;
    std::uint64_t last_non_ascii_ = 0;
};

// Bytes and indices of the tokens, compressed to the front; the indices are widened sixteen at a
// time.
inline void write_tokens(const Block& block, std::uint64_t tokens, std::uint32_t offset,
                         std::uint32_t* offsets, char* bytes) {
    alignas(64) static constexpr std::array<std::uint8_t, 64> kIndices = [] {
        std::array<std::uint8_t, 64> indices{};
        for (std::size_t i = 0; i < indices.size(); ++i)
            indices[i] = static_cast<std::uint8_t>(i);
        return indices;
    }();
    _mm512_storeu_si512(bytes, _mm512_maskz_compress_epi8(tokens, block.bytes()));
    const __m512i indices = _mm512_maskz_compress_epi8(tokens, _mm512_load_si512(kIndices.data()));
    const __m512i base = _mm512_set1_epi32(static_cast<int>(offset));
    const auto write = [&](__m128i sixteen, int at) {
        _mm512_storeu_si512(offsets + at, _mm512_add_epi32(_mm512_cvtepu8_epi32(sixteen), base));
    };
    write(_mm512_castsi512_si128(indices), 0);
    const int count = static_cast<int>(_mm_popcnt_u64(tokens));
    if (count <= 16) return;
    write(_mm512_extracti32x4_epi32(indices, 1), 16);
    if (count <= 32) return;
    write(_mm512_extracti32x4_epi32(indices, 2), 32);
    write(_mm512_extracti32x4_epi32(indices, 3), 48);
}

#include "record/prefix_xor_x86.inc.hpp"
// It needs the above.
#include "record/index_lines.inc.hpp"

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
        __builtin_cpu_supports("avx512vbmi2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
        __builtin_cpu_supports("popcnt") != 0 && __builtin_cpu_supports("pclmul") != 0;
    if (!runs_here) return {"avx512"};
    return {"avx512", avx512::index_lines<false>, avx512::index_lines<true>};
}

}  // namespace stream_analyzer

#else

namespace stream_analyzer {

StructureKernel avx512_structure_kernel() {
    return {"avx512"};
}

}  // namespace stream_analyzer

#endif
