#include "compare/worst_windows.hpp"

#include "catch2.hpp"
#include "comparison_fixture.hpp"

using namespace stream_analyzer;

TEST_CASE("the worst windows of a sketch come largest error first, the earliest of equal ones") {
    const ComparisonRows rows(minutes({minute_window(0, 100, {{101, false}, {100, false}}),
                                       minute_window(1, 100, {{95, false}, {100, false}}),
                                       minute_window(2, 100, {{105, false}, kSaturated}),
                                       minute_window(3, 100, {{110, false}, {99, false}}),
                                       minute_window(4, 0, {{3, false}, {0, false}})}),
                              {flat_sketch("a", 1, 0.01), flat_sketch("b", 1, 0.01)});
    const auto worst = worst_windows(rows, 0, 3);
    REQUIRE(worst.size() == 2);
    CHECK(worst[0] == std::vector<std::size_t>{3, 1, 2});
    // A right estimate is no error, and neither a full sketch nor an empty window has one.
    CHECK(worst[1] == std::vector<std::size_t>{3});
    CHECK(worst_windows(rows, 0, 0)[0].empty());
}
