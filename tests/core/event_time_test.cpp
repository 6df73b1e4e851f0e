#include "core/event_time.hpp"

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("times are printed in UTC, with a fraction only when there is one") {
    REQUIRE(iso8601(WindowTime{std::chrono::seconds{1468244340}}) == "2016-07-11T13:39:00Z");
    REQUIRE(iso8601(EventTime{std::chrono::seconds{1468244340}}) == "2016-07-11T13:39:00Z");
    REQUIRE(iso8601(EventTime{std::chrono::microseconds{1468244340250000}}) ==
            "2016-07-11T13:39:00.250000Z");
    REQUIRE(iso8601(EventTime{std::chrono::microseconds{-1}}) == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("the years 0001 to 9999 are event times") {
    REQUIRE(iso8601(kFirstEventTime) == "0001-01-01T00:00:00Z");
    REQUIRE(iso8601(kLastEventTime) == "9999-12-31T23:59:59.999999Z");
}

}  // namespace
}  // namespace stream_analyzer
