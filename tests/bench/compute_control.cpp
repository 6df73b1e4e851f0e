// A control for the machine, not for the program: a fixed amount of arithmetic in registers, split
// over THREADS threads. If two threads do not halve its time, the machine is lending its cores to
// somebody else at the moment, and no other figure of that round says anything about scaling.
//
//   compute_control THREADS
//
// Prints the seconds that the arithmetic took, without starting the process.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "mapped_chunks.hpp"

namespace {

// About 0.3 s on one core of 2020.
constexpr std::uint64_t kSteps = 240'000'000;

std::uint64_t work(std::uint64_t seed, std::uint64_t steps) {
    std::uint64_t state = seed;
    for (std::uint64_t step = 0; step < steps; ++step) {
        state = state * 6364136223846793005U + 1442695040888963407U;
    }
    return state;
}

}  // namespace

int main(int argc, char** argv) {
    const auto threads = argc == 2 ? static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)) : 0U;
    if (threads == 0) {
        std::fputs("usage: compute_control THREADS\n", stderr);
        return 2;
    }
    const auto begin = std::chrono::steady_clock::now();
    std::atomic<std::uint64_t> sum{0};
    bench::on_threads(threads, [&](unsigned index) { sum += work(index, kSteps / threads); });
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    // The sum is looked at, so that no compiler leaves the work out.
    std::printf("%.6f\n", sum == 42 ? 0.0 : seconds.count());
    return 0;
}
