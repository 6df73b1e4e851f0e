#include "generate/draws.hpp"

#include <array>
#include <set>

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("draws are the published SplitMix64 sequence of their state") {
    // First outputs of the reference splitmix64.c (Vigna) started at 0.
    Draws draws(0);
    CHECK(draws.next() == 0xe220a8397b1dcdafU);
    CHECK(draws.next() == 0x6e789e6aa1b965f4U);
    CHECK(draws.next() == 0x06c45d188009454fU);
}

TEST_CASE("sequences differ by seed, by purpose and by index") {
    std::set<std::uint64_t> first_draws;
    for (const std::uint64_t seed : {0U, 1U, 2U}) {
        for (const DrawPurpose purpose : {DrawPurpose::user, DrawPurpose::text}) {
            for (std::uint64_t index = 0; index < 100; ++index) {
                first_draws.insert(DrawStreams(seed, purpose).at(index).next());
            }
        }
    }
    CHECK(first_draws.size() == 600);
}

TEST_CASE("numbers below a limit are even over the whole range") {
    constexpr int kDraws = 60'000;
    std::array<int, 6> counts{};
    Draws draws(7);
    for (int i = 0; i < kDraws; ++i)
        ++counts.at(draws.below(counts.size()));
    // Five standard deviations of a count: 5 * sqrt(60,000 * 1/6 * 5/6) = 456.
    for (const int count : counts)
        CHECK(std::abs(count - 10'000) < 456);
}

TEST_CASE("a keyed permutation reaches every number once, whatever the size") {
    for (const std::uint64_t size : {1U, 2U, 3U, 5U, 8U, 64U, 65U, 1'000U, 4'097U}) {
        const KeyedPermutation permutation(size, 42);
        std::set<std::uint64_t> reached;
        for (std::uint64_t position = 0; position < size; ++position) {
            const std::uint64_t place = permutation.at(position);
            REQUIRE(place < size);
            reached.insert(place);
        }
        CHECK(reached.size() == size);
    }
}

TEST_CASE("a keyed permutation leaves few numbers in order and depends on its key") {
    constexpr std::uint64_t kSize = 1'000;
    const KeyedPermutation one(kSize, 1);
    const KeyedPermutation two(kSize, 2);
    int rising = 0;
    int equal = 0;
    for (std::uint64_t position = 1; position < kSize; ++position) {
        rising += one.at(position) > one.at(position - 1) ? 1 : 0;
        equal += one.at(position) == two.at(position) ? 1 : 0;
    }
    CHECK(rising > 400);
    CHECK(rising < 600);
    CHECK(equal < 20);
}
