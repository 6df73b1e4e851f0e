#include "report/progress.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

/// A progress line with a clock that the test moves and a terminal that it reads.
struct Watched {
    explicit Watched(std::optional<std::uint64_t> bytes, bool enabled = true)
        : total_bytes(bytes),
          progress({.enabled = enabled,
                    .draw = [this](std::string_view text) { drawn.emplace_back(text); },
                    .now = [this] { return now; }}) {}

    void after(std::chrono::milliseconds time, std::uint64_t bytes) {
        now += time;
        done_bytes += bytes;
        progress.show(done_bytes, total_bytes);
    }

    std::optional<std::uint64_t> total_bytes;
    std::uint64_t done_bytes = 0;
    Progress::Clock::time_point now{};
    std::vector<std::string> drawn;
    Progress progress;
};

using std::chrono::milliseconds;
constexpr const char* kErase = "\r\x1b[K";

}  // namespace

TEST_CASE("progress shows percentage, rate and time left, and takes its line away") {
    Watched watched(1'000'000'000);
    watched.after(milliseconds{2000}, 250'000'000);
    watched.progress.finish();
    CHECK(watched.drawn ==
          std::vector<std::string>{kErase + std::string(" 25 %  125 MB/s  6 s left"), kErase});
}

TEST_CASE("progress without a total shows what was read and the rate") {
    Watched watched(std::nullopt);
    watched.after(milliseconds{2000}, 250'000'000);
    CHECK(watched.drawn == std::vector<std::string>{kErase + std::string("250 MB read  125 MB/s")});
}

TEST_CASE("progress waits with rate and time left until they mean something") {
    Watched watched(1000);
    watched.after(milliseconds{200}, 100);
    CHECK(watched.drawn == std::vector<std::string>{kErase + std::string(" 10 %")});
}

TEST_CASE("progress is drawn ten times a second at most") {
    Watched watched(1000);
    for (int i = 0; i < 1000; ++i)
        watched.after(milliseconds{1}, 1);
    CHECK(watched.drawn.size() == 10);
}

TEST_CASE("short work shows no progress at all") {
    Watched watched(1000);
    watched.after(milliseconds{99}, 1000);
    watched.progress.finish();
    CHECK(watched.drawn.empty());
}

TEST_CASE("progress that is not enabled draws nothing") {
    Watched watched(1000, false);
    watched.after(milliseconds{5000}, 500);
    watched.progress.clear();
    watched.progress.finish();
    CHECK(watched.drawn.empty());
}

TEST_CASE("progress never shows more than everything") {
    Watched watched(1000);
    watched.after(milliseconds{1000}, 5000);
    CHECK(watched.drawn.at(0) == kErase + std::string("100 %  5.0 kB/s  0 s left"));
}

TEST_CASE("progress says 100 % only of what is finished") {
    Watched watched(1000);
    watched.after(milliseconds{200}, 999);
    CHECK(watched.drawn.at(0) == kErase + std::string(" 99 %"));
}

TEST_CASE("a cleared line comes back, a finished one does not") {
    Watched watched(1000);
    watched.after(milliseconds{200}, 100);
    watched.progress.clear();
    watched.after(milliseconds{200}, 100);
    CHECK(watched.drawn.size() == 3);
    watched.progress.finish();
    watched.after(milliseconds{200}, 100);
    watched.progress.finish();
    CHECK(watched.drawn.size() == 4);
    CHECK(watched.drawn.back() == kErase);
}

TEST_CASE("a stalled input has a long time left, but no nonsense") {
    Watched watched(UINT64_MAX);
    watched.after(std::chrono::hours{1000}, 1);
    CHECK(watched.drawn.at(0).find("36500 d 00 h left") != std::string::npos);
}

TEST_CASE("many threads may report progress at once") {
    std::vector<std::string> drawn;
    {
        Progress progress(
            {.enabled = true, .draw = [&](std::string_view text) { drawn.emplace_back(text); }});
        std::atomic<std::uint64_t> done_bytes{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int j = 0; j < 1000; ++j)
                    progress.show(done_bytes += 1000, 4'000'000);
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        std::this_thread::sleep_for(Progress::kPause);
        progress.show(4'000'000, 4'000'000);
    }
    REQUIRE(drawn.size() >= 2);
    CHECK(drawn[drawn.size() - 2].find("100 %") != std::string::npos);
    CHECK(drawn.back() == kErase);
}
