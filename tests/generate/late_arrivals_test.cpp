#include "generate/late_arrivals.hpp"

#include <cmath>

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("nothing is late unless asked for") {
    const LateArrivals late{GenerateOptions{}};
    for (std::uint64_t index = 0; index < 1'000; ++index)
        CHECK(late.lateness_s(index) == 0);
}

TEST_CASE("the share asked for is late, evenly between a second and the maximum") {
    GenerateOptions options;
    options.late_share_ppm = 100'000;
    const LateArrivals late(options);
    constexpr std::uint64_t kEvents = 100'000;
    std::array<double, 6> counts{};
    for (std::uint64_t index = 0; index < kEvents; ++index) {
        counts.at(late.lateness_s(index)) += 1;  // throws above late_max_s
    }
    // 10,000 late ones, 2,000 of each second; five standard deviations.
    CHECK(std::abs(counts[0] - 90'000) < 475);
    for (std::size_t lateness_s = 1; lateness_s <= 5; ++lateness_s) {
        CHECK(std::abs(counts[lateness_s] - 2'000) < 222);
    }
}

TEST_CASE("the tail starts beyond the maximum, thins out as 1/x and ends at its limit") {
    GenerateOptions options;
    options.late_tail_ppm = kWhole_ppm;
    const LateArrivals late(options);
    constexpr std::uint64_t kEvents = 200'000;
    double beyond_10 = 0;
    double beyond_100 = 0;
    std::uint64_t largest_s = 0;
    for (std::uint64_t index = 0; index < kEvents; ++index) {
        const std::uint64_t lateness_s = late.lateness_s(index);
        REQUIRE(lateness_s > options.late_max_s);
        largest_s = std::max(largest_s, lateness_s);
        beyond_10 += lateness_s >= 10 * options.late_max_s ? 1 : 0;
        beyond_100 += lateness_s >= 100 * options.late_max_s ? 1 : 0;
    }
    CHECK(beyond_10 / kEvents == Approx(0.1).epsilon(0.05));
    CHECK(beyond_100 / kEvents == Approx(0.01).epsilon(0.15));
    CHECK(largest_s == kLateTailMax_s);
}

TEST_CASE("held-back events arrive when they are due, earlier events first among equals") {
    LateArrivals late{GenerateOptions{}};
    late.hold_back({1, 1'000, 10}, 5);
    late.hold_back({2, 4'000, 20}, 1);
    late.hold_back({3, 5'000, 30}, 1);
    CHECK_FALSE(late.arriving_before(5'000).has_value());  // due at that very time: not before it
    CHECK(late.arriving_before(5'001).value().user == 20);
    CHECK_FALSE(late.arriving_before(5'001).has_value());
    CHECK(late.next_held_back().value().user == 10);
    CHECK(late.next_held_back().value().user == 30);
    CHECK_FALSE(late.next_held_back().has_value());
    CHECK(late.late() == 3);
}
