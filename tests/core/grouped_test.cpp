#include "core/grouped.hpp"

#include <cstdint>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("whole numbers are grouped by thousands") {
    REQUIRE(grouped(0) == "0");
    REQUIRE(grouped(999) == "999");
    REQUIRE(grouped(1000) == "1,000");
    REQUIRE(grouped(UINT64_MAX) == "18,446,744,073,709,551,615");
    REQUIRE(grouped_digits("-123") == "-123");
    REQUIRE(grouped_digits("-1234") == "-1,234");
    REQUIRE(grouped_digits("").empty());
}

}  // namespace
}  // namespace stream_analyzer
