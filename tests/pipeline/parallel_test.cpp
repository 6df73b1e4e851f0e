#include "pipeline/parallel.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("every thread runs the work once") {
    std::atomic<unsigned> seen{0};
    run_on_threads(4, [&](unsigned index, const std::atomic<bool>&) { seen += 1U << (8 * index); });
    REQUIRE(seen == 0x01010101U);
}

TEST_CASE("when one fails the others are told, all end, and the failure is thrown again") {
    std::atomic<int> ended{0};
    const auto work = [&](unsigned index, const std::atomic<bool>& failed) {
        if (index == 1) throw std::runtime_error("second");
        while (!failed) {
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        ++ended;
    };
    REQUIRE_THROWS_WITH(run_on_threads(3, work), "second");
    REQUIRE(ended == 2);
}

}  // namespace
}  // namespace stream_analyzer
