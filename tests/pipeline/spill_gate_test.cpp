#include "pipeline/spill_gate.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

// Threads that pass the gate again and again, for different times. `work` hears how many of them
// are between two passes.
template <typename Asks, typename Work>
unsigned run_threads(unsigned threads, unsigned rounds, Asks asks, Work work) {
    SpillGate gate(threads);
    std::atomic<int> busy{0};
    std::atomic<unsigned> failures{0};
    std::vector<std::jthread> running;
    for (unsigned thread = 0; thread < threads; ++thread) {
        running.emplace_back([&, thread] {
            try {
                for (unsigned round = 0; round < rounds * (thread + 1); ++round) {
                    ++busy;
                    std::this_thread::yield();
                    --busy;
                    gate.pass(asks(thread, round), [&] { work(busy.load()); });
                }
            } catch (const std::runtime_error&) {
                ++failures;
            }
            gate.leave();
        });
    }
    running.clear();
    return failures;
}

TEST_CASE("one thread works while all others stand still") {
    std::atomic<int> inside{0};
    std::atomic<int> most_inside{0};
    std::atomic<int> most_busy{0};
    std::atomic<int> meetings{0};
    const unsigned failures = run_threads(
        4, 500, [](unsigned thread, unsigned round) { return (round + thread) % 7 == 0; },
        [&](int busy) {
            most_inside = std::max(most_inside.load(), ++inside);
            std::this_thread::yield();
            most_busy = std::max(most_busy.load(), busy);
            ++meetings;
            --inside;
        });
    REQUIRE(failures == 0);
    REQUIRE(most_inside == 1);
    REQUIRE(most_busy == 0);
    REQUIRE(meetings > 0);
}

TEST_CASE("nobody waits for threads that have left") {
    int meetings = 0;
    // The last thread makes four times as many rounds as the first, and asks each time.
    REQUIRE(run_threads(
                4, 50, [](unsigned thread, unsigned /*round*/) { return thread == 3; },
                [&](int /*busy*/) { ++meetings; }) == 0);
    REQUIRE(meetings >= 200);
}

TEST_CASE("a failing meeting fails one thread and lets the others go") {
    bool first = true;
    REQUIRE(run_threads(
                3, 50, [](unsigned /*thread*/, unsigned round) { return round == 20; },
                [&](int /*busy*/) {
                    if (std::exchange(first, false)) throw std::runtime_error("disk full");
                }) == 1);
}

}  // namespace
}  // namespace stream_analyzer
