#include "pipeline/arrival_order.hpp"

#include <algorithm>
#include <vector>

#include "catch2.hpp"
#include "core/hash64.hpp"

namespace stream_analyzer {
namespace {

EventTime at(std::int64_t microseconds) {
    return EventTime{std::chrono::microseconds{microseconds}};
}

// The definition, record by record.
ArrivalOrder order_by_definition(const std::vector<std::int64_t>& times) {
    ArrivalOrder order;
    std::int64_t largest = INT64_MIN;
    for (const std::int64_t time : times) {
        if (time < largest) {
            ++order.out_of_order;
            order.largest_lateness =
                std::max(order.largest_lateness, std::chrono::microseconds{largest - time});
        }
        largest = std::max(largest, time);
    }
    return order;
}

TEST_CASE("order and lateness are the same wherever a file is cut into chunks") {
    Hash64 random = GENERATE(1U, 2U, 3U, 4U, 5U);
    const auto draw = [&](std::uint64_t limit) {
        random = mix64(random + 0x9e3779b97f4a7c15U);
        return static_cast<std::int64_t>(random % limit);
    };
    std::vector<std::int64_t> times;
    for (int i = 0; i < 2000; ++i) {
        times.push_back(i / 7 * 10 - (draw(10) == 0 ? draw(500) : 0) - 3000);
    }
    ArrivalOrderMeter meter;
    ArrivalTrace trace;
    for (const std::int64_t time : times) {
        trace.add(at(time), 1);
        if (draw(13) != 0) continue;
        meter.append(trace);
        trace = ArrivalTrace{};
        if (draw(3) == 0) meter.append(ArrivalTrace{});  // a chunk without records
    }
    meter.append(trace);
    const ArrivalOrder expected = order_by_definition(times);
    REQUIRE(expected.out_of_order > 100);
    REQUIRE(meter.order().out_of_order == expected.out_of_order);
    REQUIRE(meter.order().largest_lateness == expected.largest_lateness);
}

TEST_CASE("records with equal times are in order") {
    ArrivalOrderMeter meter;
    ArrivalTrace trace;
    trace.add(at(5), 1);
    trace.add(at(5), 1);
    meter.append(trace);
    meter.append(trace);
    REQUIRE(meter.order().out_of_order == 0);
    REQUIRE(meter.order().largest_lateness.count() == 0);
}

}  // namespace
}  // namespace stream_analyzer
