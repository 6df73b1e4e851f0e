#include "core/hash64.hpp"

#include <set>
#include <string>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

// Values of the reference implementation (xxHash 0.8): estimates in reports depend on them.
TEST_CASE("an id's hash is XXH3-64 and never changes") {
    REQUIRE(hash_id("", 0) == 0x2d06800538d394c2U);
    REQUIRE(hash_id("a", 0) == 0xe6c632b61e964e1fU);
    REQUIRE(hash_id("abc", 0) == 0x78af5f94892f3950U);
    REQUIRE(hash_id("abc", 0) != hash_id("abc", 1));
}

// The first outputs of SplitMix64 from seed 0.
TEST_CASE("the mixer is SplitMix64's") {
    constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15U;
    REQUIRE(mix64(kStep) == 0xe220a8397b1dcdafU);
    REQUIRE(mix64(2 * kStep) == 0x6e789e6aa1b965f4U);
    REQUIRE(mix64(3 * kStep) == 0x06c45d188009454fU);
    REQUIRE(mix64(0) == 0);
}

}  // namespace
}  // namespace stream_analyzer
