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

#include "record/blocks_avx2.inc.hpp"
#include "record/prefix_xor_x86.inc.hpp"
// It needs the above.
#include "record/tokens_avx2.inc.hpp"

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

// They need all of the above.
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
