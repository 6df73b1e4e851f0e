#include "generate/dump_truth.hpp"

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("a minute counts its records and its distinct users, the dump users of all minutes") {
    WindowTruths truths(200);
    truths.add({0, 59'999, 3});
    truths.add({1, 60'000, 3});
    truths.add({2, 60'000, 199});
    truths.add({3, 119'999, 3});
    truths.add({4, 600'000, 64});
    DumpTruth truth;
    truths.finish(truth);
    const std::vector<WindowTruth> expected{
        {WindowTime{std::chrono::minutes{0}}, 1, 1},
        {WindowTime{std::chrono::minutes{1}}, 3, 2},
        {WindowTime{std::chrono::minutes{10}}, 1, 1},
    };
    CHECK(truth.windows == expected);
    CHECK(truth.distinct == 3);
}

TEST_CASE("minutes before 1970 begin before their events, not after") {
    WindowTruths truths(10);
    truths.add({0, -1, 0});
    truths.add({1, 0, 0});
    DumpTruth truth;
    truths.finish(truth);
    REQUIRE(truth.windows.size() == 2);
    CHECK(truth.windows[0].start == WindowTime{std::chrono::minutes{-1}});
}

TEST_CASE("the truth is printed as CSV and JSON") {
    DumpTruth truth;
    truth.windows = {{WindowTime{std::chrono::seconds{1'468'244'340}}, 10, 7}};
    truth.bytes = 460;
    truth.lines = 13;
    truth.records = 10;
    truth.blank = 1;
    truth.anonymous = 1;
    truth.rejects[static_cast<std::size_t>(RejectReason::truncated)] = 1;
    truth.distinct = 7;
    CHECK(truth_csv(truth) == "window_start,records,distinct\n2016-07-11T13:39:00Z,10,7\n");
    const std::string json = totals_json(truth);
    CHECK(json.starts_with("{\n  \"schema_version\": 1,\n  \"bytes\": 460,\n  \"lines\": 13,\n"));
    CHECK(json.find("\"truncated\": 1,\n") != std::string::npos);
    CHECK(json.find("\"not JSON\": 0,\n") != std::string::npos);
    CHECK(json.ends_with("\"distinct\": 7,\n  \"late\": 0\n}\n"));
}
