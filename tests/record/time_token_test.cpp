#include "record/time_token.hpp"

#include <string>

#include "catch2.hpp"
#include "core/error.hpp"
#include "record/token_check.hpp"

using namespace stream_analyzer;

namespace {

/// Microseconds, or the name of the reject. Checks on the way that the fast path agrees.
std::string read(Token token, TimeUnit unit = TimeUnit::seconds, std::string_view zone = "UTC") {
    REQUIRE(is_well_formed(token));
    TimeReader reader(unit, zone);
    const TimeReading reading = reader.read(token);
    TimeReader plain_reader(unit, zone);
    EventTime time{};
    bool without_offset = false;
    if (plain_reader.read_plain(token, time, without_offset)) {
        REQUIRE_FALSE(reading.reject.has_value());
        REQUIRE(reading.time == time);
        REQUIRE(reading.without_offset == without_offset);
    }
    if (reading.reject) return std::string(name_of(*reading.reject));
    return std::to_string(reading.time.time_since_epoch().count());
}

std::string read_local(std::string_view text, std::string_view zone) {
    TimeReader reader(TimeUnit::iso8601, zone);
    const TimeReading reading = reader.read(std::string("\"").append(text).append("\""));
    REQUIRE_FALSE(reading.reject.has_value());
    return iso8601(reading.time);
}

}  // namespace

TEST_CASE("a number counts the unit") {
    CHECK(read("1468244385") == "1468244385000000");
    CHECK(read("1468244385123", TimeUnit::milliseconds) == "1468244385123000");
    CHECK(read("1468244385123456", TimeUnit::microseconds) == "1468244385123456");
    CHECK(read("1468244385123456789", TimeUnit::nanoseconds) == "1468244385123456");
    CHECK(read("\"1468244385123\"", TimeUnit::milliseconds) == "1468244385123000");
}

TEST_CASE("fractions and exponents are exact and floored to microseconds") {
    CHECK(read("1468244385.123456") == "1468244385123456");
    CHECK(read("1468244385.1234569") == "1468244385123456");
    CHECK(read("1.4682443851234569e9") == "1468244385123456");
    CHECK(read("-0.0000001") == "-1");
    CHECK(read("-1.5") == "-1500000");
    CHECK(read("-1", TimeUnit::nanoseconds) == "-1");
    CHECK(read("-1000", TimeUnit::nanoseconds) == "-1");
    CHECK(read("0.5", TimeUnit::microseconds) == "0");
    CHECK(read("1e-400") == "0");
    CHECK(read("\"-0.5\"") == "-500000");
}

TEST_CASE("the years 0001 to 9999 are in range in every unit, to the microsecond") {
    CHECK(read("253402300799.999999") == "253402300799999999");
    CHECK(read("253402300799.9999999") == "253402300799999999");
    CHECK(read("253402300800") == "time out of range");
    CHECK(read("253402300799999", TimeUnit::milliseconds) == "253402300799999000");
    CHECK(read("253402300800000", TimeUnit::milliseconds) == "time out of range");
    CHECK(read("253402300799999999", TimeUnit::microseconds) == "253402300799999999");
    CHECK(read("253402300800000000", TimeUnit::microseconds) == "time out of range");
    CHECK(read("253402300799999999999", TimeUnit::nanoseconds) == "253402300799999999");
    CHECK(read("253402300800000000000", TimeUnit::nanoseconds) == "time out of range");
    CHECK(read("-62135596800") == "-62135596800000000");
    CHECK(read("-62135596800.0000001") == "time out of range");
    CHECK(read("-62135596800000000000", TimeUnit::nanoseconds) == "-62135596800000000");
    CHECK(read("-62135596800000000001", TimeUnit::nanoseconds) == "time out of range");
    CHECK(read("18446744073709551616", TimeUnit::microseconds) == "time out of range");
    CHECK(read("1e999999999999999999999") == "time out of range");
}

TEST_CASE("ISO texts are understood with every unit") {
    for (const TimeUnit unit : {TimeUnit::seconds, TimeUnit::milliseconds, TimeUnit::microseconds,
                                TimeUnit::nanoseconds, TimeUnit::iso8601}) {
        CHECK(read("\"2016-07-11T13:39:45.5Z\"", unit) == "1468244385500000");
        CHECK(read("\"2016-07-11 13:39:45\"", unit) == "1468244385000000");
        CHECK(read("\"2016-07-11T13:39:45\\u005a\"", unit) == "1468244385000000");
    }
}

TEST_CASE("with iso8601 a number has the wrong type and a number in a string is no time") {
    CHECK(read("1468244385", TimeUnit::iso8601) == "wrong type of time");
    CHECK(read("-1.5", TimeUnit::iso8601) == "wrong type of time");
    CHECK(read("\"1468244385\"", TimeUnit::iso8601) == "unparsable time");
}

TEST_CASE("a text without an offset is marked, one with an offset is not") {
    TimeReader reader(TimeUnit::seconds, "UTC");
    CHECK(reader.read("\"2016-07-11T13:39:45\"").without_offset);
    CHECK_FALSE(reader.read("\"2016-07-11T13:39:45Z\"").without_offset);
    CHECK_FALSE(reader.read("\"1468244385\"").without_offset);
}

TEST_CASE("an assumed zone moves texts without an offset only") {
    CHECK(read_local("2016-07-11T13:39:45", "+02:00") == "2016-07-11T11:39:45Z");
    CHECK(read_local("2016-07-11T13:39:45", "-0530") == "2016-07-11T19:09:45Z");
    CHECK(read_local("2016-07-11T13:39:45", "Europe/Zurich") == "2016-07-11T11:39:45Z");
    CHECK(read_local("2016-01-11T13:39:45", "Europe/Zurich") == "2016-01-11T12:39:45Z");
    CHECK(read_local("2016-01-11T13:39:45Z", "Europe/Zurich") == "2016-01-11T13:39:45Z");
    CHECK(read_local("2016-01-11T13:39:45+05:00", "Europe/Zurich") == "2016-01-11T08:39:45Z");
    CHECK(read("1468244385", TimeUnit::seconds, "Europe/Zurich") == "1468244385000000");
    CHECK(read("\"0001-01-01T00:00:00\"", TimeUnit::seconds, "+01:00") == "time out of range");
    CHECK(read("\"9999-12-31T23:59:59\"", TimeUnit::seconds, "-01:00") == "time out of range");
    CHECK(read_local("0001-01-02T00:00:00", "Europe/Zurich").substr(0, 10) == "0001-01-01");
    CHECK(read_local("9999-12-31T12:00:00", "Europe/Zurich") == "9999-12-31T11:00:00Z");
}

TEST_CASE("a clock reading that occurs twice means the earlier instant") {
    CHECK(read_local("2016-10-30T01:59:59", "Europe/Zurich") == "2016-10-29T23:59:59Z");
    CHECK(read_local("2016-10-30T02:00:00", "Europe/Zurich") == "2016-10-30T00:00:00Z");
    CHECK(read_local("2016-10-30T02:30:00", "Europe/Zurich") == "2016-10-30T00:30:00Z");
    CHECK(read_local("2016-10-30T02:59:59.5", "Europe/Zurich") == "2016-10-30T00:59:59.500000Z");
    CHECK(read_local("2016-10-30T03:00:00", "Europe/Zurich") == "2016-10-30T02:00:00Z");
}

TEST_CASE("a clock reading that never occurs is shifted forward by the gap") {
    CHECK(read_local("2016-03-27T01:59:59", "Europe/Zurich") == "2016-03-27T00:59:59Z");
    CHECK(read_local("2016-03-27T02:00:00", "Europe/Zurich") == "2016-03-27T01:00:00Z");
    CHECK(read_local("2016-03-27T02:30:00", "Europe/Zurich") == "2016-03-27T01:30:00Z");
    CHECK(read_local("2016-03-27T03:00:00", "Europe/Zurich") == "2016-03-27T01:00:00Z");
}

TEST_CASE("what a zone object has seen before changes no answer") {
    for (const char* zone : {"Europe/Zurich", "America/New_York", "Africa/Casablanca",
                             "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu"}) {
        AssumedZone seasoned(zone);
        // A step of 7 h 13 min walks through every hour of the day and over all transitions.
        const EventTime end{std::chrono::sys_days{std::chrono::year{2014} / 1 / 1}};
        for (EventTime local{std::chrono::sys_days{std::chrono::year{2010} / 1 / 1}}; local < end;
             local += std::chrono::minutes{433}) {
            AssumedZone fresh(zone);
            REQUIRE(seasoned.to_utc(local) == fresh.to_utc(local));
        }
    }
}

TEST_CASE("an unknown zone is a usage error") {
    for (const char* zone : {"", "Mars/Olympus", "+25:00", "+2", "CEST!", "../etc/passwd"}) {
        INFO(zone);
        CHECK_THROWS_AS(AssumedZone(zone), UsageError);
    }
}

TEST_CASE("a token's own grammar is checked in full") {
    for (const char* token : {"0", "-0", "1.5e-3", "true", "false", "null", "\"\"",
                              "\"\\u00e9\\n\"", "{", "[", "\"\\ud800\"", ""}) {
        INFO(token);
        CHECK(is_well_formed(token));
    }
    for (const char* token : {"01", "-", "1.", "1e", "tru", "nullx", "nul", "1x", "--1", "\"\\q\"",
                              "\"\\u12\"", "\"ok\\\\\\q\"", "\"\\u123\\n\"", "t", "n\x01"}) {
        INFO(token);
        CHECK_FALSE(is_well_formed(token));
    }
    CHECK(is_number("1e5"));
    CHECK_FALSE(is_number(""));
    CHECK_FALSE(is_number("1 "));
    CHECK_FALSE(is_number("null"));
}
