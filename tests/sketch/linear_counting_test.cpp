#include "sketch/linear_counting.hpp"

#include <cmath>
#include <set>
#include <stdexcept>

#include "catch2.hpp"
#include "hash_sequence.hpp"

using namespace stream_analyzer;

namespace {

/// floor(hash * m / 2^64) for m < 2^32 by two 32-bit halves: no 128-bit product.
std::uint64_t bit_by_halves(Hash64 hash, std::uint64_t m) {
    return ((hash >> 32U) * m + (((hash & 0xffffffffU) * m) >> 32U)) >> 32U;
}

}  // namespace

TEST_CASE("the bitmap is the set of scaled hashes", "[sketch][linear_counting]") {
    const std::uint64_t size_bytes = GENERATE(as<std::uint64_t>{}, 8, 13, 100, 1000, 4096);
    CAPTURE(size_bytes);
    const auto hashes = hash_sequence(1, 500);
    LinearCounting counter{size_bytes};
    counter.add_all(hashes);

    std::set<std::uint64_t> expected;
    for (const Hash64 hash : hashes)
        expected.insert(bit_by_halves(hash, 8 * size_bytes));
    std::set<std::uint64_t> found;
    for (std::uint64_t bit = 0; bit < counter.bit_count(); ++bit) {
        if ((counter.state()[bit / 8] >> (bit % 8) & 1) != 0) found.insert(bit);
    }
    CHECK(found == expected);
    CHECK(counter.zero_bits() == 8 * size_bytes - expected.size());
}

TEST_CASE("the first and the last hash set the first and the last bit",
          "[sketch][linear_counting]") {
    LinearCounting counter{100};
    counter.add(0);
    counter.add(~Hash64{0});
    CHECK(counter.state().front() == 0x01);
    CHECK(counter.state().back() == 0x80);
    CHECK(counter.zero_bits() == 798);
}

TEST_CASE("the estimate is m ln(m / V)", "[sketch][linear_counting]") {
    LinearCounting counter{8};
    counter.add(0);
    CHECK(counter.estimate().value == Approx(64 * std::log(64.0 / 63)).epsilon(1e-14));
    for (unsigned bit = 0; bit < 32; ++bit)
        counter.add(Hash64{bit} << 58U);
    CHECK(counter.estimate().value == Approx(64 * std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("a full linear counter is saturated and gives no estimate", "[sketch][linear_counting]") {
    LinearCounting counter{8};
    for (unsigned bit = 0; bit < 63; ++bit)
        counter.add(Hash64{bit} << 58U);
    CHECK(counter.estimate() == SketchEstimate{.value = 64 * std::log(64.0), .saturated = false});
    counter.add(Hash64{63} << 58U);
    CHECK(counter.estimate() == SketchEstimate{.value = 0, .saturated = true});
}

TEST_CASE("a bitmap folds to half its size by OR of neighbours", "[sketch][linear_counting]") {
    const auto hashes = hash_sequence(7, 300);
    LinearCounting wide{128};
    LinearCounting narrow{64};
    wide.add_all(hashes);
    narrow.add_all(hashes);
    for (std::size_t bit = 0; bit < 512; ++bit) {
        const unsigned pair = wide.state()[bit / 4] >> (2 * (bit % 4)) & 3U;
        CHECK((pair != 0) == ((narrow.state()[bit / 8] >> (bit % 8) & 1) != 0));
    }
}

TEST_CASE("a linear counter has 8 bytes to 1 GiB", "[sketch][linear_counting]") {
    CHECK_NOTHROW(LinearCounting{8});
    CHECK_THROWS_AS(LinearCounting{7}, std::invalid_argument);
    CHECK_THROWS_AS(LinearCounting{0}, std::invalid_argument);
    CHECK_THROWS_AS(LinearCounting{(std::uint64_t{1} << 30U) + 1}, std::invalid_argument);
}

TEST_CASE("linear counters of two sizes refuse to merge", "[sketch][linear_counting]") {
    LinearCounting counter{16};
    CHECK_THROWS_WITH(counter.merge(LinearCounting{32}),
                      "a linear counter of 16 bytes cannot be merged with one of 32 bytes");
}
