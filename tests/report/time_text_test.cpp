#include "report/time_text.hpp"

#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

const WindowTime kDay{std::chrono::sys_days{std::chrono::year{2016} / 7 / 11}};

TimePrecision precision(const std::vector<WindowTime>& times) {
    return precision_for(times);
}

}  // namespace

TEST_CASE("the precision is the coarsest at which no time loses anything") {
    using std::chrono::minutes, std::chrono::seconds;
    CHECK(precision({}) == TimePrecision::days);
    CHECK(precision({kDay}) == TimePrecision::days);
    CHECK(precision({kDay, kDay + minutes{1}}) == TimePrecision::minutes);
    CHECK(precision({kDay + seconds{1}, kDay + minutes{1}}) == TimePrecision::seconds);
    CHECK(precision({WindowTime{-minutes{1}}}) == TimePrecision::minutes);
}

TEST_CASE("a window's start is cut at its precision") {
    const WindowTime time = kDay + std::chrono::hours{13} + std::chrono::seconds{5};
    CHECK(short_time(time, TimePrecision::days) == "2016-07-11");
    CHECK(short_time(time, TimePrecision::minutes) == "2016-07-11 13:00");
    CHECK(short_time(time, TimePrecision::seconds) == "2016-07-11 13:00:05");
}
