#include "pipeline/parallel.hpp"

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <cstddef>
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

// Makes new threads ask for a larger stack than there is address space.
class NoMoreThreads {
  public:
    NoMoreThreads() {
        pthread_attr_t attributes;
        ::pthread_getattr_default_np(&attributes);
        ::pthread_attr_getstacksize(&attributes, &before_bytes_);
        set(std::size_t{1} << 50U);
        ::pthread_attr_destroy(&attributes);
    }
    NoMoreThreads(const NoMoreThreads&) = delete;
    NoMoreThreads& operator=(const NoMoreThreads&) = delete;
    ~NoMoreThreads() { set(before_bytes_); }

  private:
    static void set(std::size_t stack_bytes) {
        pthread_attr_t attributes;
        ::pthread_attr_init(&attributes);
        ::pthread_attr_setstacksize(&attributes, stack_bytes);
        ::pthread_setattr_default_np(&attributes);
        ::pthread_attr_destroy(&attributes);
    }

    std::size_t before_bytes_ = 0;
};

TEST_CASE("threads that cannot be started are an error that says so, and the others stop") {
    std::atomic<unsigned> worked{0};
    const auto work = [&](unsigned, const std::atomic<bool>&) { ++worked; };
    {
        const NoMoreThreads none;
        REQUIRE_THROWS_WITH(run_on_threads(3, work),
                            "cannot start 3 threads: Resource temporarily unavailable");
    }
    REQUIRE(worked == 0);
    run_on_threads(3, work);
    REQUIRE(worked == 3);
}

}  // namespace
}  // namespace stream_analyzer
