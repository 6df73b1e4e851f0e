#include "exact/id_set.hpp"

#include <set>
#include <vector>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

std::set<DenseId> content_of(const IdSet& set) {
    std::set<DenseId> content;
    set.for_each([&](DenseId number) { REQUIRE(content.insert(number).second); });
    return content;
}

TEST_CASE("a set holds what was inserted, in every form and while the dictionary grows") {
    const std::size_t growth = GENERATE(std::size_t{0}, std::size_t{3}, std::size_t{500});
    const std::size_t first_universe =
        GENERATE(std::size_t{3}, std::size_t{100}, std::size_t{100000});
    IdSet set;
    std::set<DenseId> oracle;
    std::size_t universe = first_universe;
    Hash64 random = growth + 1;
    for (int i = 0; i < 5000; ++i) {
        random = mix64(random + 0x9e3779b97f4a7c15U);
        const auto number = static_cast<DenseId>((random >> 20U) % universe);
        set.insert(number, universe);
        oracle.insert(number);
        universe += growth;
        REQUIRE(set.size() == oracle.size());
    }
    REQUIRE(content_of(set) == oracle);
}

TEST_CASE("many numbers at once are the same set as one by one, and say by how much it grew") {
    const std::size_t step = GENERATE(std::size_t{1}, std::size_t{7}, std::size_t{400});
    IdSet set;
    IdSet one_by_one;
    Hash64 random = step;
    std::size_t grown_bytes = 0;
    for (std::size_t universe = step; universe < 40'000; universe += 1 + universe / 8) {
        std::vector<DenseId> numbers;
        for (std::size_t i = 0; i < step; ++i) {
            random = mix64(random + 0x9e3779b97f4a7c15U);
            numbers.push_back(static_cast<DenseId>(random % universe));
        }
        grown_bytes += set.insert_all(numbers, universe);
        for (const DenseId number : numbers)
            one_by_one.insert(number, universe);
        REQUIRE(set.size() == one_by_one.size());
        REQUIRE(set.memory_bytes() == grown_bytes);
    }
    REQUIRE(content_of(set) == content_of(one_by_one));
    REQUIRE(set.insert_all({}, 40'000) == 0);
}

TEST_CASE("up to two ids need no memory beside the set itself") {
    IdSet set;
    set.insert(7, 1000);
    set.insert(7, 1000);
    set.insert(0, 1000);
    REQUIRE(set.size() == 2);
    REQUIRE(set.memory_bytes() == 0);
    set.insert(999, 1000);
    REQUIRE(set.memory_bytes() > 0);
    REQUIRE(content_of(set) == std::set<DenseId>{0, 7, 999});
}

TEST_CASE(
    "a set is never larger than a bitmap over the dictionary, give or take its spare eighth") {
    IdSet set;
    const std::size_t universe = 1'000'000;
    for (DenseId number = 0; number < universe; number += 2) {
        set.insert(number, universe);
    }
    REQUIRE(set.size() == universe / 2);
    REQUIRE(set.memory_bytes() <= universe / 8 * 9 / 8 + 128);
}

TEST_CASE("a moved set keeps its ids and leaves an empty one") {
    IdSet set;
    for (DenseId number = 0; number < 100; ++number) {
        set.insert(number, 100000);
    }
    IdSet moved(std::move(set));
    REQUIRE(moved.size() == 100);
    REQUIRE(content_of(moved).size() == 100);
    set = IdSet{};
    REQUIRE(set.size() == 0);
    set = std::move(moved);
    REQUIRE(content_of(set).size() == 100);
}

}  // namespace
}  // namespace stream_analyzer
