#include "compare/notable_windows.hpp"

#include <algorithm>

#include "catch2.hpp"
#include "comparison_fixture.hpp"

using namespace stream_analyzer;

namespace {

std::vector<std::size_t> indexes(const std::vector<NotableWindow>& notable) {
    std::vector<std::size_t> windows;
    for (const NotableWindow& entry : notable)
        windows.push_back(entry.window);
    return windows;
}

/// Windows of 1,000 ids whose estimate is right, but for the errors (in ids) given by window.
WindowedCounts with_errors(int windows, const std::vector<std::pair<int, double>>& errors) {
    std::vector<WindowResult> results;
    for (int i = 0; i < windows; ++i)
        results.push_back(minute_window(i, 1000, {{1000, false}}));
    for (const auto& [window, error] : errors) {
        results[static_cast<std::size_t>(window)].estimates[0].value += error;
    }
    return minutes(std::move(results));
}

}  // namespace

TEST_CASE("few windows are all notable") {
    const auto counts = with_errors(5, {{2, 30}});
    const auto notable = notable_windows(ComparisonRows(counts, {flat_sketch("s", 1, 0.01)}), 20);
    CHECK(indexes(notable) == std::vector<std::size_t>{0, 1, 2, 3, 4});
    CHECK(notable[2].worst_of == std::vector<std::size_t>{0});
    CHECK(notable[1].worst_of.empty());
}

TEST_CASE("of many windows the first, the last and the worst are notable, in order of time") {
    const auto counts = with_errors(100, {{40, -30}, {60, 20}, {50, 10}, {70, 9}, {71, 8}});
    const auto notable = notable_windows(ComparisonRows(counts, {flat_sketch("s", 1, 0.01)}), 8);
    CHECK(indexes(notable) == std::vector<std::size_t>{0, 1, 40, 50, 60, 70, 98, 99});
    CHECK(notable[2].worst_of == std::vector<std::size_t>{0});
}

TEST_CASE("each sketch's own worst window is notable, even where another sketch is worse often") {
    auto counts = with_errors(100, {{40, 90}, {41, 80}, {42, 70}, {43, 60}, {44, 50}, {45, 40}});
    for (auto& window : counts.windows)
        window.estimates.push_back({1000, false});
    counts.windows[80].estimates[1].value = 1001;
    const auto notable = notable_windows(
        ComparisonRows(counts, {flat_sketch("bad", 1, 0.01), flat_sketch("good", 1, 0.01)}), 8);
    CHECK(indexes(notable) == std::vector<std::size_t>{0, 1, 40, 41, 42, 80, 98, 99});
    CHECK(notable[5].worst_of == std::vector<std::size_t>{1});
}

TEST_CASE("worst windows at the edges do not cost places") {
    const auto counts = with_errors(100, {{0, 50}, {99, 40}, {1, 30}});
    const auto notable = notable_windows(ComparisonRows(counts, {flat_sketch("s", 1, 0.01)}), 8);
    CHECK(notable.size() == 8);
}

TEST_CASE("roll-ups leave the places that they do not need to the minutes") {
    auto counts = with_errors(100, {});
    counts.lengths.emplace_back("1h");
    for (int i = 0; i < 2; ++i) {
        counts.windows.push_back(minute_window(i, 1000, {{1000, false}}));
        counts.windows.back().length = 1;
    }
    const auto notable = notable_windows(ComparisonRows(counts, {flat_sketch("s", 1, 0.01)}), 20);
    CHECK(notable.size() == 20);
    CHECK(std::ranges::count_if(indexes(notable), [](std::size_t i) { return i < 100; }) == 18);
    CHECK(notable[18].window == 100);
    CHECK(notable[19].window == 101);
}

TEST_CASE("two long lengths share the places") {
    auto counts = with_errors(100, {});
    counts.lengths.emplace_back("5m");
    for (int i = 0; i < 50; ++i) {
        counts.windows.push_back(minute_window(5 * i, 1000, {{1000, false}}));
        counts.windows.back().length = 1;
    }
    const auto windows =
        indexes(notable_windows(ComparisonRows(counts, {flat_sketch("s", 1, 0.01)}), 20));
    CHECK(windows.size() == 20);
    CHECK(std::ranges::count_if(windows, [](std::size_t i) { return i < 100; }) == 10);
}

TEST_CASE("windows without errors are chosen too, without a worst one") {
    std::vector<WindowResult> results;
    for (int i = 0; i < 100; ++i)
        results.push_back(minute_window(i, {}, {kSaturated}));
    const auto counts = minutes(std::move(results));
    const auto notable = notable_windows(ComparisonRows(counts, {flat_sketch("s", 1, 0.01)}), 8);
    CHECK(notable.size() == 8);
    CHECK(std::ranges::all_of(notable, [](const auto& entry) { return entry.worst_of.empty(); }));
}

TEST_CASE("no windows and no places give no notable windows") {
    const auto none = with_errors(0, {});
    CHECK(notable_windows(ComparisonRows(none, {flat_sketch("s", 1, 0.01)}), 20).empty());
    const auto some = with_errors(3, {});
    CHECK(notable_windows(ComparisonRows(some, {flat_sketch("s", 1, 0.01)}), 0).empty());
    const ComparisonRows without_sketches(some, {});
    CHECK(notable_windows(without_sketches, 2).size() == 2);
}
