#include "pipeline/finish_windows.hpp"

#include <atomic>
#include <vector>

#include "catch2.hpp"
#include "core/error.hpp"

namespace stream_analyzer {
namespace {

CountedWindows minutes(std::uint32_t count) {
    CountedWindows windows;
    for (WindowNumber number = 0; number < count; ++number) {
        windows.starts.emplace_back(std::chrono::minutes{number});
        windows.numbers.push_back(number);
        windows.records.push_back(1);
    }
    return windows;
}

TEST_CASE("an interruption is heeded between windows, when all lines are counted") {
    const std::vector<WindowGrid> grids{WindowGrid(WindowLength::parse("1m"), "UTC")};
    const unsigned threads = GENERATE(1U, 3U);
    std::atomic<bool> interrupted{false};
    std::atomic<std::uint64_t> merged{0};
    const MergeSketches merge = [&](std::span<const WindowNumber>, std::span<Sketch>) {
        if (++merged == 100) interrupted = true;
    };
    REQUIRE_THROWS_AS(
        finish_windows(minutes(10'000), grids, {}, nullptr, merge, threads, &interrupted),
        Interrupted);
    REQUIRE(merged < 10'000);
    merged = 1000;
    interrupted = false;
    REQUIRE(finish_windows(minutes(100), grids, {}, nullptr, merge, threads, &interrupted)
                .windows.size() == 100);
}

TEST_CASE("a window far from the rest does not make the edges of the rest complete") {
    CountedWindows windows = minutes(600);
    for (WindowTime& start : windows.starts) {
        start += std::chrono::days{10'000};
    }
    windows.starts.insert(windows.starts.begin(), WindowTime{});
    windows.starts.push_back(WindowTime{std::chrono::days{40'000}});
    for (const WindowNumber number : {600U, 601U}) {
        windows.numbers.push_back(number);
        windows.records.push_back(1);
    }
    const std::vector<WindowGrid> grids{WindowGrid(WindowLength::parse("1m"), "UTC"),
                                        WindowGrid(WindowLength::parse("1h"), "UTC")};
    const MergeSketches merge = [](std::span<const WindowNumber>, std::span<Sketch>) {};
    const WindowedCounts counts = finish_windows(windows, grids, {}, nullptr, merge, 1, nullptr);
    REQUIRE(counts.windows.size() == 602 + 12);
    const std::span all(counts.windows);
    for (const auto length : {all.first(602), all.last(12)}) {
        for (std::size_t i = 0; i < length.size(); ++i) {
            const bool edge = i <= 1 || i + 2 >= length.size();
            REQUIRE(length[i].complete == !edge);
        }
    }
}

}  // namespace
}  // namespace stream_analyzer
