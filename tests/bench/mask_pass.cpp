// The mask pass: what it costs to know of every byte of a file whether it stands in a string, is a
// control character or a bracket, and to do nothing with it. No record can be checked for less by
// masks; no field is looked at, no id counted. Several threads over a fresh mapping, like the
// floor.
//
//   mask_pass FILE THREADS
//
// Prints the number of line feeds outside of strings. Needs AVX2 and PCLMUL; exit 4 without.
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>

#include "mapped_chunks.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

namespace {

constexpr std::size_t kMapChunk_bytes = std::size_t{4} << 20U;

// What is found; printing a part of it keeps the compiler from leaving the rest out.
struct Found {
    std::uint64_t line_feeds = 0;
    std::uint64_t controls_in_strings = 0;
    std::uint64_t braces = 0;    // opened less closed, modulo 2^64
    std::uint64_t brackets = 0;  // the same

    void add(const Found& other) {
        line_feeds += other.line_feeds;
        controls_in_strings += other.controls_in_strings;
        braces += other.braces;
        brackets += other.brackets;
    }
};

struct Block {
    __m256i low;
    __m256i high;
};

#define BENCH_AVX2 __attribute__((target("avx2,pclmul,popcnt,bmi"), always_inline)) inline

BENCH_AVX2 std::uint64_t mask_of(__m256i low, __m256i high) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
           std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(high))} << 32U;
}

BENCH_AVX2 std::uint64_t equal(const Block& block, char value) {
    const __m256i wanted = _mm256_set1_epi8(value);
    return mask_of(_mm256_cmpeq_epi8(block.low, wanted), _mm256_cmpeq_epi8(block.high, wanted));
}

BENCH_AVX2 std::uint64_t controls(const Block& block) {
    const __m256i last = _mm256_set1_epi8(0x1f);
    return mask_of(_mm256_cmpeq_epi8(_mm256_max_epu8(block.low, last), last),
                   _mm256_cmpeq_epi8(_mm256_max_epu8(block.high, last), last));
}

BENCH_AVX2 std::uint64_t count(std::uint64_t mask) {
    return static_cast<std::uint64_t>(std::popcount(mask));
}

// Bytes behind an odd number of backslashes (Langdale and Lemire, "Parsing Gigabytes of JSON per
// Second", section 3.1.1); `carry`: the first byte of the next block is one.
BENCH_AVX2 std::uint64_t escaped_bytes(std::uint64_t backslashes, std::uint64_t& carry) {
    if (backslashes == 0) {
        const std::uint64_t escaped = carry;
        carry = 0;
        return escaped;
    }
    constexpr std::uint64_t kEven = 0x5555555555555555U;
    backslashes &= ~carry;
    const std::uint64_t follows = backslashes << 1U | carry;
    const std::uint64_t odd_starts = backslashes & ~kEven & ~follows;
    std::uint64_t even_runs = 0;
    carry = __builtin_add_overflow(odd_starts, backslashes, &even_runs) ? 1 : 0;
    return (kEven ^ (even_runs << 1U)) & follows;
}

// Whole lines: none of them begins within a string.
__attribute__((target("avx2,pclmul,popcnt,bmi"))) Found look_at(std::string_view lines) {
    Found found;
    std::uint64_t carry = 0;
    std::uint64_t in_string_before = 0;  // all ones or none
    for (std::size_t at = 0; at < lines.size(); at += 64) {
        std::array<char, 64> tail{};
        const char* bytes = lines.data() + at;
        if (lines.size() - at < tail.size()) {
            std::copy(bytes, lines.data() + lines.size(), tail.begin());
            bytes = tail.data();
        }
        const Block block{_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes)),
                          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32))};
        const std::uint64_t escaped = escaped_bytes(equal(block, '\\'), carry);
        const std::uint64_t quotes = equal(block, '"') & ~escaped;
        const __m128i prefixes =
            _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<std::int64_t>(quotes)),
                                 _mm_set1_epi8(static_cast<char>(0xff)), 0);
        const std::uint64_t in_string =
            static_cast<std::uint64_t>(_mm_cvtsi128_si64(prefixes)) ^ in_string_before;
        in_string_before = 0 - (in_string >> 63U);
        found.controls_in_strings |= controls(block) & in_string;
        found.line_feeds += count(equal(block, '\n') & ~in_string);
        found.braces += count(equal(block, '{') & ~in_string);
        found.braces -= count(equal(block, '}') & ~in_string);
        found.brackets += count(equal(block, '[') & ~in_string);
        found.brackets -= count(equal(block, ']') & ~in_string);
    }
    return found;
}

Found look_at_file(const bench::MappedFile& file, unsigned threads) {
    bench::ChunkCursor cursor(file.bytes().size(), kMapChunk_bytes);
    std::mutex mutex;
    Found total;
    bench::on_threads(threads, [&](unsigned) {
        Found found;
        std::size_t begin = 0;
        std::size_t end = 0;
        while (cursor.next(begin, end)) {
            file.populate(begin, end);
            found.add(look_at(bench::whole_lines(file.bytes(), begin, end)));
            file.drop(begin, end);
        }
        const std::lock_guard lock(mutex);
        total.add(found);
    });
    return total;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 3) {
            std::fputs("usage: mask_pass FILE THREADS\n", stderr);
            return 2;
        }
        if (__builtin_cpu_supports("avx2") == 0 || __builtin_cpu_supports("pclmul") == 0) {
            std::fputs("mask_pass: this processor has no AVX2 and PCLMUL\n", stderr);
            return 4;
        }
        const bench::MappedFile file(argv[1]);
        const auto threads = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
        const Found found = look_at_file(file, threads);
        std::printf("%llu\n", static_cast<unsigned long long>(found.line_feeds));
        if (found.controls_in_strings != 0 || found.braces != 0 || found.brackets != 0) {
            std::fputs("mask_pass: not every line is balanced\n", stderr);
        }
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "mask_pass: %s\n", error.what());
        return 3;
    }
}
#else
int main() {
    std::fputs("mask_pass: for x86-64 only\n", stderr);
    return 4;
}
#endif
