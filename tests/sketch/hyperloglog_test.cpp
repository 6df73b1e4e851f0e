#include "sketch/hyperloglog.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "catch2.hpp"
#include "hash_sequence.hpp"

using namespace stream_analyzer;

namespace {

/// The rank by looking at one bit after the other.
int rank_by_bits(Hash64 hash, int precision) {
    int rank = 1;
    for (int bit = 63 - precision; bit >= 0 && (hash >> bit & 1) == 0; --bit)
        ++rank;
    return rank;
}

/// A hash that falls into `index` with `rank`.
Hash64 hash_with(int precision, std::uint64_t index, int rank) {
    const Hash64 prefix = index << (64 - precision);
    return rank > 64 - precision ? prefix : prefix | (Hash64{1} << (64 - precision - rank));
}

}  // namespace

TEST_CASE("every register keeps the highest rank it saw", "[sketch][hyperloglog]") {
    const int precision = GENERATE(4, 5, 8, 12, 18);
    CAPTURE(precision);
    const auto hashes = hash_sequence(1, 20'000);
    HyperLogLog counter{precision};
    counter.add_all(hashes);

    std::vector<int> expected(std::size_t{1} << precision);
    for (const Hash64 hash : hashes) {
        int& rank = expected[hash >> (64 - precision)];
        rank = std::max(rank, rank_by_bits(hash, precision));
    }
    std::vector<int> found;
    for (std::size_t i = 0; i < expected.size(); ++i)
        found.push_back(counter.register_value(i));
    CHECK(found == expected);
}

TEST_CASE("registers are packed in six bits, from the least significant", "[sketch][hyperloglog]") {
    HyperLogLog counter{4};
    CHECK(counter.memory_bytes() == 12);
    counter.add(hash_with(4, 0, 0x21));
    counter.add(hash_with(4, 1, 0x12));
    counter.add(hash_with(4, 2, 0x3d));
    counter.add(hash_with(4, 15, 0x3c));
    const unsigned long group = 0x21UL | 0x12UL << 6U | 0x3dUL << 12U;
    CHECK(counter.state()[0] == (group & 0xffU));
    CHECK(counter.state()[1] == (group >> 8U & 0xffU));
    CHECK(counter.state()[2] == group >> 16U);
    CHECK(counter.state()[11] == 0x3c << 2);
}

TEST_CASE("a rank is capped at q + 1, by a hash with nothing but zeros", "[sketch][hyperloglog]") {
    const int precision = GENERATE(4, 12, 18);
    HyperLogLog counter{precision};
    counter.add(hash_with(precision, 3, 64 - precision));
    CHECK(counter.register_value(3) == 64 - precision);
    counter.add(hash_with(precision, 3, 65));
    CHECK(counter.register_value(3) == 65 - precision);
}

TEST_CASE("a register does not disturb its neighbours", "[sketch][hyperloglog]") {
    HyperLogLog counter{4};
    for (std::uint64_t index = 0; index < 16; ++index)
        counter.add(hash_with(4, index, 21));
    for (std::uint64_t raised = 0; raised < 16; ++raised) {
        HyperLogLog copy = counter;
        copy.add(hash_with(4, raised, 42));
        copy.add(hash_with(4, raised, 30));
        for (std::uint64_t index = 0; index < 16; ++index) {
            CHECK(copy.register_value(index) == (index == raised ? 42 : 21));
        }
    }
}

TEST_CASE("HyperLogLog with every register at the largest rank is saturated",
          "[sketch][hyperloglog]") {
    HyperLogLog counter{4};
    for (std::uint64_t index = 0; index < 16; ++index)
        counter.add(hash_with(4, index, 65));
    CHECK(counter.estimate() == SketchEstimate{.value = 0, .saturated = true});
}

TEST_CASE("HyperLogLog's precision is 4 to 18", "[sketch][hyperloglog]") {
    CHECK_THROWS_AS(HyperLogLog{3}, std::invalid_argument);
    CHECK_THROWS_AS(HyperLogLog{19}, std::invalid_argument);
    CHECK_THROWS_AS(HyperLogLog{-1}, std::invalid_argument);
    HyperLogLog counter{10};
    CHECK_THROWS_WITH(counter.merge(HyperLogLog{11}),
                      "HyperLogLog with precision 10 cannot be merged with one of precision 11");
}
