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

}  // namespace
}  // namespace stream_analyzer
