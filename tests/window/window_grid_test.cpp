#include "window/window_grid.hpp"

#include <string>
#include <vector>

#include "catch2.hpp"
#include "core/error.hpp"

namespace stream_analyzer {
namespace {

WindowGrid grid(const std::string& length, const std::string& zone = "UTC") {
    return {WindowLength::parse(length), zone};
}

EventTime at(std::int64_t seconds, std::int64_t microseconds = 0) {
    return EventTime{std::chrono::seconds{seconds} + std::chrono::microseconds{microseconds}};
}

std::string span_text(const WindowInterval& interval) {
    return iso8601(interval.start) + " " + iso8601(interval.end);
}

TEST_CASE("a window's start belongs to it and its end does not") {
    const WindowGrid minutes = grid("1m");
    const WindowInterval window = minutes.interval_of(at(120));
    REQUIRE(window.start == WindowTime{std::chrono::seconds{120}});
    REQUIRE(minutes.interval_of(at(179, 999'999)) == window);
    REQUIRE(minutes.interval_of(at(180)).start == window.end);
    REQUIRE(window.contains(at(179, 999'999)));
    REQUIRE_FALSE(window.contains(at(180)));
}

TEST_CASE("windows before 1970 are floored, not truncated towards zero") {
    REQUIRE(span_text(grid("1m").interval_of(at(0, -1))) ==
            "1969-12-31T23:59:00Z 1970-01-01T00:00:00Z");
    REQUIRE(span_text(grid("1m").interval_of(at(-60))) ==
            "1969-12-31T23:59:00Z 1970-01-01T00:00:00Z");
    REQUIRE(span_text(grid("6h").interval_of(at(-1))) ==
            "1969-12-31T18:00:00Z 1970-01-01T00:00:00Z");
    REQUIRE(span_text(grid("1d").interval_of(at(0, -1))) ==
            "1969-12-31T00:00:00Z 1970-01-01T00:00:00Z");
}

TEST_CASE("calendar windows follow the calendar of the time zone") {
    struct Case {
        std::string length, zone, expected;
        std::int64_t seconds;
    };
    const Case c = GENERATE(values<Case>({
        // 2016-07-11T13:39:00Z, a Monday
        {"1d", "UTC", "2016-07-11T00:00:00Z 2016-07-12T00:00:00Z", 1468244340},
        {"1w", "UTC", "2016-07-11T00:00:00Z 2016-07-18T00:00:00Z", 1468244340},
        {"1mo", "UTC", "2016-07-01T00:00:00Z 2016-08-01T00:00:00Z", 1468244340},
        {"1y", "UTC", "2016-01-01T00:00:00Z 2017-01-01T00:00:00Z", 1468244340},
        {"1d", "Europe/Zurich", "2016-07-10T22:00:00Z 2016-07-11T22:00:00Z", 1468244340},
        {"1d", "Asia/Kolkata", "2016-07-10T18:30:00Z 2016-07-11T18:30:00Z", 1468244340},
        {"1mo", "Europe/Zurich", "2016-06-30T22:00:00Z 2016-07-31T22:00:00Z", 1468244340},
        {"1y", "Europe/Zurich", "2015-12-31T23:00:00Z 2016-12-31T23:00:00Z", 1468244340},
        // A Sunday: the ISO week ends with it.
        {"1w", "UTC", "2016-07-04T00:00:00Z 2016-07-11T00:00:00Z", 1468195199},
        // The clock goes forward on 2016-03-27: 23 hours; back on 2016-10-30: 25 hours.
        {"1d", "Europe/Zurich", "2016-03-26T23:00:00Z 2016-03-27T22:00:00Z", 1459076400},
        {"1d", "Europe/Zurich", "2016-10-29T22:00:00Z 2016-10-30T23:00:00Z", 1477828800},
        // In Sao Paulo 2016-10-16 began at 01:00: midnight did not exist.
        {"1d", "America/Sao_Paulo", "2016-10-16T03:00:00Z 2016-10-17T02:00:00Z", 1476630000},
        {"1mo", "UTC", "2016-02-01T00:00:00Z 2016-03-01T00:00:00Z", 1456790399},
    }));
    REQUIRE(span_text(grid(c.length, c.zone).interval_of(at(c.seconds))) == c.expected);
}

TEST_CASE("windows of a grid follow each other without gap or overlap") {
    const auto length = GENERATE("7s", "1m", "1h", "1d", "1w", "1mo", "1y");
    const auto zone =
        GENERATE("UTC", "Europe/Zurich", "America/Sao_Paulo", "Pacific/Apia", "America/St_Johns");
    const WindowGrid windows = grid(length, zone);
    WindowInterval window = windows.interval_of(at(1451606400));  // 2016-01-01
    for (int i = 0; i < 500; ++i) {
        REQUIRE(window.start < window.end);
        const WindowInterval next = windows.interval_of(window.end);
        REQUIRE(next.start == window.end);
        REQUIRE(windows.interval_of(EventTime{next.start} - std::chrono::microseconds{1}) ==
                window);
        window = next;
    }
}

TEST_CASE("a time lies in its window, also where a clock goes back across midnight") {
    const auto length = GENERATE("1d", "1w", "1mo");
    const WindowGrid windows = grid(length, "America/St_Johns");
    // 2010-11-07: the clock went from 00:01 back to 23:01.
    for (std::int64_t second = 1288900000; second < 1289300000; second += 600) {
        REQUIRE(windows.interval_of(at(second)).contains(at(second)));
    }
}

TEST_CASE("a roll-up must be tiled by the windows") {
    struct Case {
        std::string window, rollup, zone;
        bool tiles;
    };
    const Case c = GENERATE(values<Case>({
        {"1m", "1h", "UTC", true},
        {"1m", "5m", "UTC", true},
        {"7m", "1h", "UTC", false},
        {"1m", "1m", "UTC", false},
        {"1h", "30m", "UTC", false},
        {"1m", "1d", "Asia/Kolkata", true},
        {"1h", "1d", "Asia/Kolkata", false},
        {"1h", "1d", "Europe/Zurich", true},
        {"6h", "1d", "UTC", true},
        {"6h", "1d", "Europe/Zurich", false},
        {"7h", "1d", "UTC", false},
        {"1d", "1w", "UTC", true},
        {"1d", "1mo", "Europe/Zurich", true},
        {"1d", "1d", "UTC", false},
        {"1d", "6h", "UTC", false},
        {"1m", "1y", "UTC", true},
    }));
    const WindowGrid windows = grid(c.window, c.zone);
    const WindowGrid rollup = grid(c.rollup, c.zone);
    CAPTURE(c.window, c.rollup, c.zone);
    if (c.tiles) {
        REQUIRE_NOTHROW(windows.require_to_tile(rollup));
    } else {
        REQUIRE_THROWS_AS(windows.require_to_tile(rollup), UsageError);
    }
}

TEST_CASE("local mean time, with its odd seconds, is not tiled by minutes") {
    const WindowGrid minutes = grid("1m", "Europe/Zurich");
    const WindowGrid days = grid("1d", "Europe/Zurich");
    REQUIRE(minutes.tiles_at(days, WindowTime{std::chrono::seconds{1468244340}}));
    REQUIRE_FALSE(minutes.tiles_at(days, std::chrono::sys_days{std::chrono::year{1800} / 1 / 1}));
}

TEST_CASE("an unknown time zone is refused with a hint") {
    REQUIRE_THROWS_WITH(grid("1d", "Europe/Zürich"), Catch::Contains("no such time zone"));
}

}  // namespace
}  // namespace stream_analyzer
