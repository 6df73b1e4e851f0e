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

#include "record/blocks_avx512.inc.hpp"
#include "record/prefix_xor_x86.inc.hpp"
// It needs the above.
#include "record/tokens_avx512.inc.hpp"

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

// They need all of the above.
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
