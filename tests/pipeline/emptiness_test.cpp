#include "pipeline/emptiness.hpp"

#include <vector>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

struct Minute {
    std::int64_t index;
    std::uint64_t records;
};

RunSummary summary_of(const std::vector<Minute>& minutes) {
    std::vector<WindowResult> windows;
    for (const Minute& minute : minutes) {
        WindowResult window;
        window.start = WindowTime{std::chrono::minutes{minute.index}};
        window.records = minute.records;
        windows.push_back(window);
    }
    RunSummary summary;
    find_emptiness(HeldWindows({{"1m"}, windows}), WindowGrid(WindowLength{}, "UTC"), summary);
    return summary;
}

std::vector<Minute> day_from(std::int64_t first) {
    std::vector<Minute> minutes;
    for (std::int64_t i = 0; i < 1440; ++i) {
        minutes.push_back({first + i, 100});
    }
    return minutes;
}

TEST_CASE("a gap runs from the end of a window to the start of the next") {
    const RunSummary summary = summary_of({{10, 1}, {11, 1}, {14, 1}, {15, 1}, {17, 1}});
    REQUIRE(summary.gaps_total == 2);
    REQUIRE(summary.gaps[0].from == WindowTime{std::chrono::minutes{12}});
    REQUIRE(summary.gaps[0].until == WindowTime{std::chrono::minutes{14}});
    REQUIRE(summary.gaps[1].from == WindowTime{std::chrono::minutes{16}});
    REQUIRE(summary.far_windows_total == 0);
}

TEST_CASE("no window, no gap") {
    REQUIRE(summary_of({}).gaps_total == 0);
    REQUIRE_FALSE(summary_of({}).body_first);
    REQUIRE(summary_of({{5, 1}}).gaps_total == 0);
}

TEST_CASE("a few records years away make far windows, before and after the rest") {
    std::vector<Minute> minutes = day_from(24'000'000);
    minutes.insert(minutes.begin(), {1'000'000, 3});
    minutes.push_back({60'000'000, 2});
    const RunSummary summary = summary_of(minutes);
    REQUIRE(summary.far_windows_total == 2);
    REQUIRE(summary.far_windows[0].start == WindowTime{std::chrono::minutes{1'000'000}});
    REQUIRE(summary.far_windows[0].records == 3);
    REQUIRE(summary.far_windows[1].start == WindowTime{std::chrono::minutes{60'000'000}});
    REQUIRE(summary.body_first == WindowTime{std::chrono::minutes{24'000'000}});
    REQUIRE(summary.body_last == WindowTime{std::chrono::minutes{24'001'439}});
}

TEST_CASE("late records near the rest are not far") {
    std::vector<Minute> minutes = day_from(24'000'000);
    minutes.insert(minutes.begin(), {24'000'000 - 600, 3});
    REQUIRE(summary_of(minutes).far_windows_total == 0);
}

TEST_CASE("two stretches of like weight are no outliers of each other") {
    std::vector<Minute> minutes = day_from(1'000'000);
    for (const Minute& minute : day_from(24'000'000)) {
        minutes.push_back(minute);
    }
    const RunSummary summary = summary_of(minutes);
    REQUIRE(summary.far_windows_total == 0);
    REQUIRE(summary.gaps_total == 1);
}

TEST_CASE("lists are cut, totals are not") {
    std::vector<Minute> minutes;
    for (std::int64_t i = 0; i < 500; ++i) {
        minutes.push_back({i * 2, 1});
    }
    const RunSummary summary = summary_of(minutes);
    REQUIRE(summary.gaps_total == 499);
    REQUIRE(summary.gaps.size() == RunSummary::kListedGaps);
}

}  // namespace
}  // namespace stream_analyzer
