#include "compare/chart_points.hpp"

#include <algorithm>
#include <cmath>

#include "catch2.hpp"
#include "comparison_fixture.hpp"

using namespace stream_analyzer;

namespace {

const WindowGrid& minute_grid() {
    static const WindowGrid grid(WindowLength::parse("1m"), "UTC");
    return grid;
}

ChartSpan span_of(const ComparisonRows& rows) {
    return {rows.window(0).start, rows.window(rows.windows() - 1).start};
}

ChartPoints points_of(const ComparisonRows& rows, std::size_t limit) {
    return chart_points(rows, 0, minute_grid(), span_of(rows), limit);
}

/// `size` minutes of 1,000 ids and an estimate that is right; minute i is `peak` where given.
WindowedCounts flat_minutes(int size) {
    std::vector<WindowResult> windows;
    for (int i = 0; i < size; ++i)
        windows.push_back(minute_window(i, 1000, {{1000, false}}));
    return minutes(std::move(windows));
}

bool has_window(const ChartLine& line, std::size_t window) {
    return std::ranges::any_of(line, [&](const ChartPoint& p) { return p.window == window; });
}

std::vector<ComparedSketch> one_sketch() {
    return {flat_sketch("lc:4KiB", 4096, 0.01)};
}

}  // namespace

TEST_CASE("a chart shows every window where they are few, and breaks its lines at gaps") {
    const ComparisonRows rows(
        minutes({minute_window(0, 10, {{10, false}}), minute_window(1, 12, {{11, false}}),
                 minute_window(5, 7, {{7, false}})}),
        one_sketch());
    const ChartPoints points = points_of(rows, 3);
    CHECK_FALSE(points.thinned);
    CHECK(points.windows == 3);
    CHECK(points.far == 0);
    CHECK(points.least_exact == 7U);
    CHECK(points.most_exact == 12U);
    REQUIRE(points.counts.size() == 3);
    CHECK_FALSE(points.counts[0].after_gap);
    CHECK_FALSE(points.counts[1].after_gap);
    CHECK(points.counts[2].after_gap);
    CHECK(points.errors.at(0).size() == 3);
}

TEST_CASE("thinning keeps the smallest and the largest count and error of every stretch of time") {
    WindowedCounts counts = flat_minutes(5000);
    counts.windows[1234].exact = 9000;  // a peak of one minute: and the estimate misses it
    counts.windows[2000].exact = 3;
    counts.windows[2000].estimates = {{3, false}};
    counts.windows[4321].estimates = {{1700, false}};  // an error of one minute
    const ComparisonRows rows(std::move(counts), one_sketch());
    const ChartPoints points = points_of(rows, 100);
    CHECK(points.thinned);
    CHECK(points.slots == 50);
    CHECK(points.counts.size() <= 100);
    CHECK(points.errors.at(0).size() <= 100);
    CHECK(has_window(points.counts, 1234));
    CHECK(has_window(points.counts, 2000));
    CHECK(has_window(points.errors.at(0), 1234));
    CHECK(has_window(points.errors.at(0), 4321));
    CHECK(points.most_exact == 9000U);
    CHECK(std::ranges::is_sorted(points.counts, {}, &ChartPoint::window));
    CHECK(std::ranges::none_of(points.counts, [](const ChartPoint& p) { return p.after_gap; }));
}

TEST_CASE("a gap stays a gap in a line that is thinned") {
    std::vector<WindowResult> windows;
    for (int i = 0; i < 4000; ++i) {
        if (i < 1000 || i >= 2000) windows.push_back(minute_window(i, 1000, {{1000, false}}));
    }
    const ComparisonRows rows(minutes(std::move(windows)), one_sketch());
    const ChartPoints points = points_of(rows, 200);
    REQUIRE(points.thinned);
    CHECK(std::ranges::count_if(points.counts, [](const ChartPoint& p) { return p.after_gap; }) ==
          1);
    const auto broken =
        std::ranges::find_if(points.counts, [](const ChartPoint& p) { return p.after_gap; });
    CHECK(rows.window(broken->window).start == minute(2000));
}

TEST_CASE("windows far from the body of a dump are counted and not drawn") {
    WindowedCounts counts = flat_minutes(10);
    counts.windows.front().start = WindowTime{};  // 1970
    counts.windows.back().start = minute(1'000'000);
    const ComparisonRows rows(std::move(counts), one_sketch());
    const ChartPoints points =
        chart_points(rows, 0, minute_grid(), {.first = minute(1), .last = minute(8)}, 100);
    CHECK(points.far == 2);
    CHECK(points.windows == 8);
    CHECK(points.counts.front().window == 1);
    CHECK(points.counts.back().window == 8);
}

TEST_CASE("a sketch that was full in every window has no line of errors") {
    const ComparisonRows rows(
        minutes({minute_window(0, 10, {kSaturated}), minute_window(1, 10, {kSaturated})}),
        one_sketch());
    CHECK(points_of(rows, 100).errors.at(0).empty());
    CHECK(points_of(rows, 2).errors.at(0).empty());
    CHECK(points_of(rows, 2).counts.size() == 2);
}

TEST_CASE("without ground truth the counts are thinned by the first estimate") {
    std::vector<WindowResult> windows;
    for (int i = 0; i < 1000; ++i) {
        windows.push_back(minute_window(i, std::nullopt, {{i == 777 ? 5000.0 : 100.0, false}}));
    }
    const ComparisonRows rows(minutes(std::move(windows)), one_sketch());
    const ChartPoints points = points_of(rows, 20);
    CHECK(has_window(points.counts, 777));
    CHECK_FALSE(points.least_exact);
    CHECK(points.errors.at(0).empty());
}
