// The scanner for x86-64 processors with AVX2, BMI and PCLMUL (2013 and later).
#include <simdjson.h>

#include <cstdint>
#include <cstring>

#include "record/json_string.hpp"
#include "record/structure_kernel.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

// Only what stands between the pragmas is compiled for AVX2: a header's inline function compiled
// here for AVX2 could otherwise be the copy that the linker keeps for everyone.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,pclmul"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,pclmul")
#endif

namespace stream_analyzer {
namespace avx2 {

class Block {
  public:
    explicit Block(const char* bytes)
        : low_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes))),
          high_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32))) {}

    [[nodiscard]] std::uint64_t equal(char c) const {
        const __m256i wanted = _mm256_set1_epi8(c);
        return mask(_mm256_cmpeq_epi8(low_, wanted), _mm256_cmpeq_epi8(high_, wanted));
    }

    // Brackets differ from braces only in bit 0x20.
    [[nodiscard]] std::uint64_t brackets() const {
        const __m256i bit = _mm256_set1_epi8(0x20);
        const __m256i open = _mm256_set1_epi8('{');
        const __m256i close = _mm256_set1_epi8('}');
        const __m256i low = _mm256_or_si256(low_, bit);
        const __m256i high = _mm256_or_si256(high_, bit);
        return mask(_mm256_or_si256(_mm256_cmpeq_epi8(low, open), _mm256_cmpeq_epi8(low, close)),
                    _mm256_or_si256(_mm256_cmpeq_epi8(high, open), _mm256_cmpeq_epi8(high, close)));
    }

    [[nodiscard]] std::uint64_t control() const {
        const __m256i last = _mm256_set1_epi8(0x1f);
        return mask(_mm256_cmpeq_epi8(_mm256_min_epu8(low_, last), low_),
                    _mm256_cmpeq_epi8(_mm256_min_epu8(high_, last), high_));
    }

    [[nodiscard]] std::uint64_t non_ascii() const { return mask(low_, high_); }

    [[nodiscard]] static std::uint64_t prefix_xor(std::uint64_t bits) {
        const __m128i product =
            _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<std::int64_t>(bits)),
                                 _mm_set1_epi8(static_cast<char>(0xff)), 0);
        return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
    }

  private:
    [[nodiscard]] static std::uint64_t mask(__m256i low, __m256i high) {
        const auto low_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
        const auto high_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
        return static_cast<std::uint64_t>(high_bits) << 32U | low_bits;
    }

    __m256i low_;
    __m256i high_;
};

#include "record/structure_scan.inc.hpp"

}  // namespace avx2
}  // namespace stream_analyzer

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

namespace stream_analyzer {

StructureKernel avx2_structure_kernel() {
    const bool runs_here = __builtin_cpu_supports("avx2") != 0 &&
                           __builtin_cpu_supports("bmi") != 0 &&
                           __builtin_cpu_supports("pclmul") != 0;
    return {"avx2", runs_here ? avx2::scan_line : nullptr};
}

}  // namespace stream_analyzer

#else

namespace stream_analyzer {

StructureKernel avx2_structure_kernel() {
    return {"avx2", nullptr};
}

}  // namespace stream_analyzer

#endif
