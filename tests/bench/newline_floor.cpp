// The floor: what it costs to look at every byte of a file once and do nothing with it. Counts line
// feeds on several threads, over a fresh mapping that is populated and dropped chunk by chunk, or
// with pread into a buffer that stays in the cache.
//
//   newline_floor FILE THREADS mmap|read
//
// Prints the number of line feeds.
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <vector>

#include "mapped_chunks.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace {

constexpr std::size_t kMapChunk_bytes = std::size_t{4} << 20U;
// Fits the second-level cache of two threads with room to spare.
constexpr std::size_t kReadBlock_bytes = std::size_t{256} << 10U;

std::uint64_t count_portable(const char* data, std::size_t size) {
    return static_cast<std::uint64_t>(std::count(data, data + size, '\n'));
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) std::uint64_t count_avx2(const char* data, std::size_t size) {
    const __m256i line_feed = _mm256_set1_epi8('\n');
    const __m256i zero = _mm256_setzero_si256();
    __m256i total = zero;
    std::size_t at = 0;
    // A byte counter holds 255 hits; then it is summed up.
    constexpr std::size_t kBlock = std::size_t{255} * 32;
    while (at + 32 <= size) {
        const std::size_t stop = std::min(size - size % 32, at + kBlock);
        __m256i hits = zero;
        for (; at + 32 <= stop; at += 32) {
            const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + at));
            hits = _mm256_sub_epi8(hits, _mm256_cmpeq_epi8(bytes, line_feed));
        }
        total = _mm256_add_epi64(total, _mm256_sad_epu8(hits, zero));
    }
    alignas(32) std::array<std::uint64_t, 4> lanes{};
    _mm256_store_si256(reinterpret_cast<__m256i*>(lanes.data()), total);
    return lanes[0] + lanes[1] + lanes[2] + lanes[3] + count_portable(data + at, size - at);
}
#endif

std::uint64_t count(const char* data, std::size_t size) {
#if defined(__x86_64__)
    static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
    if (has_avx2) return count_avx2(data, size);
#endif
    return count_portable(data, size);
}

std::uint64_t count_mapped(const bench::MappedFile& file, unsigned threads) {
    bench::ChunkCursor cursor(file.bytes().size(), kMapChunk_bytes);
    std::atomic<std::uint64_t> total{0};
    bench::on_threads(threads, [&](unsigned) {
        std::uint64_t found = 0;
        std::size_t begin = 0;
        std::size_t end = 0;
        while (cursor.next(begin, end)) {
            file.populate(begin, end);
            found += count(file.bytes().data() + begin, end - begin);
            file.drop(begin, end);
        }
        total += found;
    });
    return total;
}

std::uint64_t count_read(const bench::MappedFile& file, unsigned threads) {
    bench::ChunkCursor cursor(file.bytes().size(), kReadBlock_bytes);
    std::atomic<std::uint64_t> total{0};
    bench::on_threads(threads, [&](unsigned) {
        std::vector<char> buffer(kReadBlock_bytes);
        std::uint64_t found = 0;
        std::size_t begin = 0;
        std::size_t end = 0;
        while (cursor.next(begin, end)) {
            while (begin < end) {
                const auto got =
                    ::pread(file.file(), buffer.data(), end - begin, static_cast<off_t>(begin));
                if (got <= 0) bench::fail("read");
                found += count(buffer.data(), static_cast<std::size_t>(got));
                begin += static_cast<std::size_t>(got);
            }
        }
        total += found;
    });
    return total;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::string_view mode = argc == 4 ? argv[3] : "";
        if (mode != "mmap" && mode != "read") {
            std::fputs("usage: newline_floor FILE THREADS mmap|read\n", stderr);
            return 2;
        }
        const bench::MappedFile file(argv[1]);
        const auto threads = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
        const std::uint64_t lines =
            mode == "mmap" ? count_mapped(file, threads) : count_read(file, threads);
        std::printf("%llu\n", static_cast<unsigned long long>(lines));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "newline_floor: %s\n", error.what());
        return 3;
    }
}
