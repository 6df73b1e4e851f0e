#include "sketch/ultraloglog.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <stdexcept>
#include <vector>

#include "catch2.hpp"
#include "hash_sequence.hpp"

using namespace stream_analyzer;

namespace {

int rank_by_bits(Hash64 hash, int precision) {
    int rank = 1;
    for (int bit = 63 - precision; bit >= 0 && (hash >> bit & 1) == 0; --bit)
        ++rank;
    return rank;
}

Hash64 hash_with(int precision, std::uint64_t index, int rank) {
    const Hash64 prefix = index << (64 - precision);
    return rank > 64 - precision ? prefix : prefix | (Hash64{1} << (64 - precision - rank));
}

/// The byte of a register that saw these ranks, from the description of the format.
int byte_of(const std::set<int>& ranks) {
    if (ranks.empty()) return 0;
    const int top = *ranks.rbegin();
    return 4 * top + 2 * static_cast<int>(ranks.count(top - 1)) +
           static_cast<int>(ranks.count(top - 2));
}

UltraLogLog with_ranks(std::initializer_list<int> ranks) {
    UltraLogLog counter{3};
    for (const int rank : ranks)
        counter.add(hash_with(3, 5, rank));
    return counter;
}

}  // namespace

TEST_CASE("a register remembers its largest rank and the two below it", "[sketch][ultraloglog]") {
    const int precision = GENERATE(3, 4, 8, 12, 18);
    CAPTURE(precision);
    const auto hashes = hash_sequence(1, 20'000);
    UltraLogLog counter{precision};
    counter.add_all(hashes);

    std::vector<std::set<int>> ranks(std::size_t{1} << precision);
    for (const Hash64 hash : hashes) {
        ranks[hash >> (64 - precision)].insert(rank_by_bits(hash, precision));
    }
    std::vector<int> expected(ranks.size());
    std::transform(ranks.begin(), ranks.end(), expected.begin(), byte_of);
    CHECK(std::vector<int>(counter.state().begin(), counter.state().end()) == expected);
}

TEST_CASE("the transitions of a register", "[sketch][ultraloglog]") {
    const auto byte = [](std::initializer_list<int> ranks) {
        return static_cast<int>(with_ranks(ranks).state()[5]);
    };
    CHECK(byte({}) == 0);
    CHECK(byte({1}) == 4);
    CHECK(byte({2}) == 8);
    CHECK(byte({2, 1}) == 10);
    CHECK(byte({1, 2}) == 10);
    CHECK(byte({3}) == 12);
    CHECK(byte({3, 1}) == 13);
    CHECK(byte({2, 3}) == 14);
    CHECK(byte({1, 2, 3}) == 15);
    CHECK(byte({1, 2, 3, 4}) == 19);
    CHECK(byte({1, 4}) == 16);     // a rank three below is forgotten
    CHECK(byte({7, 5, 9}) == 37);  // 9 and 7; 5 is forgotten
    CHECK(byte({9, 7, 7, 5}) == 37);
    CHECK(byte({62, 61, 60}) == 251);  // 65 - P = 62, the largest byte there is
    CHECK(byte({65}) == 248);          // a hash with nothing but zeros is capped
}

TEST_CASE("merging a register unites what both remember", "[sketch][ultraloglog]") {
    const auto merged = [](std::initializer_list<int> left, std::initializer_list<int> right) {
        UltraLogLog counter = with_ranks(left);
        counter.merge(with_ranks(right));
        return static_cast<int>(counter.state()[5]);
    };
    CHECK(merged({}, {}) == 0);
    CHECK(merged({4}, {}) == 16);
    CHECK(merged({}, {4}) == 16);
    CHECK(merged({4}, {3}) == 18);
    CHECK(merged({3, 2}, {4}) == 19);
    CHECK(merged({5, 4}, {6}) == 27);
    CHECK(merged({9}, {1, 2}) == 36);
    CHECK(merged({62}, {60}) == 249);
}

TEST_CASE("UltraLogLog's precision is 3 to 18", "[sketch][ultraloglog]") {
    CHECK_THROWS_AS(UltraLogLog{2}, std::invalid_argument);
    CHECK_THROWS_AS(UltraLogLog{19}, std::invalid_argument);
    UltraLogLog counter{10};
    CHECK_THROWS_WITH(counter.merge(UltraLogLog{11}),
                      "UltraLogLog with precision 10 cannot be merged with one of precision 11");
}
