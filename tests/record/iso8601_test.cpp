#include "record/iso8601.hpp"

#include <fmt/format.h>

#include <string>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

/// Printed by core, whose calendar is another piece of code than the parser's digits.
std::string read(std::string_view text) {
    const auto parsed = parse_iso8601(text);
    if (!parsed) return "none";
    return iso8601(parsed->time) + (parsed->has_offset ? "" : " local");
}

}  // namespace

TEST_CASE("the common shapes of ISO 8601 are read") {
    CHECK(read("2016-07-11T13:39:45Z") == "2016-07-11T13:39:45Z");
    CHECK(read("2016-07-11 13:39:45Z") == "2016-07-11T13:39:45Z");
    CHECK(read("2016-07-11T13:39:45") == "2016-07-11T13:39:45Z local");
    CHECK(read("2016-07-11 13:39:45") == "2016-07-11T13:39:45Z local");
    CHECK(read("2016-07-11T13:39") == "2016-07-11T13:39:00Z local");
    CHECK(read("2016-07-11T13:39Z") == "2016-07-11T13:39:00Z");
    CHECK(read("2016-07-11T13:39+02:00") == "2016-07-11T11:39:00Z");
    CHECK(read("2016-07-11T13:39:45.5Z") == "2016-07-11T13:39:45.500000Z");
    CHECK(read("2016-07-11T13:39:45,123456") == "2016-07-11T13:39:45.123456Z local");
    CHECK(read("2016-07-11T13:39:45.000+00:00") == "2016-07-11T13:39:45Z");
    CHECK(parse_iso8601("1970-01-01T00:00:00Z")->time == EventTime{});
}

TEST_CASE("fractions of any length are floored to microseconds") {
    CHECK(read("2016-07-11T13:39:45.1Z") == "2016-07-11T13:39:45.100000Z");
    CHECK(read("2016-07-11T13:39:45.000001Z") == "2016-07-11T13:39:45.000001Z");
    CHECK(read("2016-07-11T13:39:45.999999999Z") == "2016-07-11T13:39:45.999999Z");
    CHECK(read("2016-07-11T13:39:45." + std::string(500, '9') + "Z") ==
          "2016-07-11T13:39:45.999999Z");
    CHECK(read("1969-12-31T23:59:59.9999999Z") == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("offsets in all their spellings lead to UTC") {
    CHECK(read("2016-07-11T13:39:45+01:00") == "2016-07-11T12:39:45Z");
    CHECK(read("2016-07-11T13:39:45+0100") == "2016-07-11T12:39:45Z");
    CHECK(read("2016-07-11T13:39:45+01") == "2016-07-11T12:39:45Z");
    CHECK(read("2016-07-11T13:39:45-05:30") == "2016-07-11T19:09:45Z");
    CHECK(read("2016-07-11T13:39:45-0530") == "2016-07-11T19:09:45Z");
    CHECK(read("2016-07-11T13:39:45-00:00") == "2016-07-11T13:39:45Z");
    CHECK(read("2016-07-11T23:00:00-23:59") == "2016-07-12T22:59:00Z");
    CHECK(read("2016-01-01T00:30:00+01:00") == "2015-12-31T23:30:00Z");
}

TEST_CASE("second 60 is the first second of the next minute") {
    CHECK(read("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00Z");
    CHECK(read("2016-12-31T23:59:60.25Z") == "2017-01-01T00:00:00.250000Z");
    CHECK(read("2016-12-31T23:59:61Z") == "none");
}

TEST_CASE("days are checked against the calendar") {
    CHECK(read("2016-02-29T00:00:00Z") == "2016-02-29T00:00:00Z");
    CHECK(read("2000-02-29T00:00:00Z") == "2000-02-29T00:00:00Z");
    for (const char* date : {"2015-02-29", "1900-02-29", "2016-02-30", "2016-04-31", "2016-00-10",
                             "2016-13-10", "2016-01-00", "2016-01-32", "2016-99-99"}) {
        INFO(date);
        CHECK(read(std::string(date) + "T00:00:00Z") == "none");
    }
    // Every day of 400 years, against a count that knows no calendar arithmetic but "next day".
    std::chrono::sys_days expected{std::chrono::year{1900} / 1 / 1};
    std::size_t days = 0;
    for (int year = 1900; year < 2300; ++year) {
        for (int month = 1; month <= 12; ++month) {
            for (int day = 1; day <= 31; ++day) {
                const auto parsed =
                    parse_iso8601(fmt::format("{:04}-{:02}-{:02}T00:00:00Z", year, month, day));
                if (!parsed) continue;
                REQUIRE(parsed->time == expected);
                expected += std::chrono::days{1};
                ++days;
            }
        }
    }
    CHECK(days == 146'097);  // the days of the Gregorian cycle
}

TEST_CASE("year 0000 is a shape, but no time in range") {
    REQUIRE(parse_iso8601("0000-12-31T23:59:59Z").has_value());
    CHECK(parse_iso8601("0000-12-31T23:59:59Z")->time < kFirstEventTime);
    CHECK(parse_iso8601("0001-01-01T00:00:00Z")->time == kFirstEventTime);
    CHECK(parse_iso8601("9999-12-31T23:59:59.999999Z")->time == kLastEventTime);
}

TEST_CASE("other texts are no times") {
    for (const char* text : {"",
                             "2016-07-11",
                             "2016-07-11T",
                             "2016-07-11T13",
                             "2016-07-11T13:",
                             "2016-07-11T13:3",
                             "20160711T133945Z",
                             "2016-07-11t13:39:45Z",
                             "2016-07-11T13:39:45z",
                             "2016-07-11  13:39:45",
                             "2016-07-11T13:39:45 Z",
                             "2016-07-11T13:39:45Z ",
                             " 2016-07-11T13:39:45Z",
                             "2016-07-11T13:39:45UTC",
                             "2016-07-11T13:39:45 UTC",
                             "2016-07-11T13:39:45ZZ",
                             "2016-07-11T13:39:45Z+01",
                             "2016-07-11T24:00:00Z",
                             "2016-07-11T13:60:00Z",
                             "2016-07-11T13:39:4",
                             "2016-07-11T13:39:",
                             "2016-07-11T13:39:4Z",
                             "2016-07-11T13:39:45.",
                             "2016-07-11T13:39:45.Z",
                             "2016-07-11T13:39:45,Z",
                             "2016-07-11T13:39:45;5Z",
                             "2016-07-11T13:39.5Z",
                             "2016-07-11T13:39:45+",
                             "2016-07-11T13:39:45+1",
                             "2016-07-11T13:39:45+01:",
                             "2016-07-11T13:39:45+01:0",
                             "2016-07-11T13:39:45+010",
                             "2016-07-11T13:39:45+01:000",
                             "2016-07-11T13:39:45+24:00",
                             "2016-07-11T13:39:45+01:60",
                             "2016-07-11T13:39:45+1:00",
                             "2016-07-11T13:39:45++1",
                             "2016-07-11T13:39:45.5.5Z",
                             "2016/07/11T13:39:45Z",
                             "2016-07-11-13:39:45Z",
                             "2016-7-11T13:39:45Z",
                             "16-07-11T13:39:45Z0",
                             "+2016-07-11T13:39:45Z",
                             "-2016-07-11T13:39:45Z",
                             "12016-07-11T13:39:45Z",
                             "2016-W28-1T13:39:45Z",
                             "2016-193T13:39:45Z",
                             "abcd-ef-ghTij:kl",
                             "2016-07-11T13:39:4\xC3",
                             "2016-07-11T13:39:45\xE2\x88\x92"}) {
        INFO(text);
        CHECK(read(text) == "none");
    }
}

TEST_CASE("any other byte in any place of the shape is refused") {
    const std::string good = "2016-07-11T13:39:45.5+01:00";
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = good;
            text[at] = static_cast<char>(byte);
            const bool digit = byte >= '0' && byte <= '9';
            const bool was_digit = good[at] >= '0' && good[at] <= '9';
            const bool alternative =
                (at == 10 && byte == ' ') || (at == 19 && byte == ',') || (at == 21 && byte == '-');
            if (text == good || alternative || (digit && was_digit)) continue;
            INFO(text);
            CHECK_FALSE(parse_iso8601(text).has_value());
        }
    }
}

TEST_CASE("an offset alone is read as at a text's end") {
    CHECK(parse_utc_offset("Z") == std::chrono::minutes{0});
    CHECK(parse_utc_offset("+02:00") == std::chrono::minutes{120});
    CHECK(parse_utc_offset("-0530") == std::chrono::minutes{-330});
    CHECK_FALSE(parse_utc_offset("").has_value());
    CHECK_FALSE(parse_utc_offset("02:00").has_value());
    CHECK_FALSE(parse_utc_offset("Europe/Zurich").has_value());
}
