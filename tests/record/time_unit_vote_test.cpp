#include "record/time_unit_vote.hpp"

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

std::optional<TimeUnit> winner(std::initializer_list<const char*> tokens) {
    TimeUnitVote vote;
    for (const char* token : tokens)
        vote.add(token);
    return vote.winner();
}

}  // namespace

TEST_CASE("a number votes by its size, with bands at 10^11, 10^14 and 10^17") {
    CHECK(winner({"1468244385"}) == TimeUnit::seconds);
    CHECK(winner({"99999999999"}) == TimeUnit::seconds);
    CHECK(winner({"100000000000"}) == TimeUnit::milliseconds);
    CHECK(winner({"1468244385123"}) == TimeUnit::milliseconds);
    CHECK(winner({"99999999999999"}) == TimeUnit::milliseconds);
    CHECK(winner({"100000000000000"}) == TimeUnit::microseconds);
    CHECK(winner({"99999999999999999"}) == TimeUnit::microseconds);
    CHECK(winner({"100000000000000000"}) == TimeUnit::nanoseconds);
    CHECK(winner({"-99999999999.9"}) == TimeUnit::seconds);
    CHECK(winner({"-1e11"}) == TimeUnit::milliseconds);
    CHECK(winner({"0"}) == TimeUnit::seconds);
    CHECK(winner({"1e999"}) == TimeUnit::nanoseconds);
}

TEST_CASE("strings vote by what they hold") {
    CHECK(winner({"\"1468244385123\""}) == TimeUnit::milliseconds);
    CHECK(winner({"\"2016-07-11T13:39:45Z\""}) == TimeUnit::iso8601);
    CHECK(winner({"\"2016-07-11 13:39\""}) == TimeUnit::iso8601);
}

TEST_CASE("other tokens abstain") {
    for (const char* token :
         {"", "null", "true", "{", "[", "\"\"", "\"never\"", "01", "tru", "\"2016\\q\""}) {
        INFO(token);
        CHECK_FALSE(winner({token}).has_value());
    }
    CHECK(winner({"null", "null", "1468244385"}) == TimeUnit::seconds);
}

TEST_CASE("the majority wins and a tie goes to the coarser unit, to texts last") {
    CHECK(winner({"1", "1468244385123", "1468244385124"}) == TimeUnit::milliseconds);
    CHECK(winner({"1468244385123", "1"}) == TimeUnit::seconds);
    CHECK(winner({"1", "1468244385123"}) == TimeUnit::seconds);
    CHECK(winner({"\"2016-07-11T13:39:45Z\"", "1468244385123456789"}) == TimeUnit::nanoseconds);
    CHECK(winner({"\"2016-07-11T13:39:45Z\"", "\"2016-07-11T13:39:45Z\"", "1"}) ==
          TimeUnit::iso8601);
}

TEST_CASE("units have the names of the option") {
    for (const char* name : {"s", "ms", "us", "ns", "iso8601"}) {
        REQUIRE(parse_time_unit(name).has_value());
        CHECK(name_of(*parse_time_unit(name)) == name);
    }
    for (const char* name : {"", "auto", "S", "sec", "iso"})
        CHECK_FALSE(parse_time_unit(name).has_value());
}
