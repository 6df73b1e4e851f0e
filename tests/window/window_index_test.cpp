#include "window/window_index.hpp"

#include <map>
#include <stdexcept>
#include <thread>
#include <vector>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("all threads agree on the number of a window, and each window has one") {
    const WindowGrid grid(WindowLength::parse("1m"), "UTC");
    WindowIndex index;
    constexpr int kThreads = 4;
    std::vector<std::map<WindowTime, WindowNumber>> seen(kThreads);
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&, thread] {
                WindowCursor cursor(grid, index);
                for (int i = 0; i < 20000; ++i) {
                    // Back and forth between neighbours, with leaps far away.
                    const std::int64_t seconds =
                        (i / 100) * 60 - (i % 3) * 60 + (i % 97 == 0 ? 86400 : 0);
                    const EventTime time{std::chrono::seconds{seconds + thread}};
                    const WindowTime start = grid.interval_of(time).start;
                    const WindowNumber number = cursor.number_of(time);
                    const auto known =
                        seen[static_cast<std::size_t>(thread)].emplace(start, number).first;
                    if (known->second != number) throw std::logic_error("number changed");
                }
            });
        }
    }
    for (const auto& by_thread : seen) {
        for (const auto& [start, number] : by_thread) {
            REQUIRE(index.starts().at(number) == start);
        }
    }
    std::map<WindowTime, int> times_present;
    for (const WindowTime start : index.starts()) {
        REQUIRE(++times_present[start] == 1);
    }
}

}  // namespace
}  // namespace stream_analyzer
