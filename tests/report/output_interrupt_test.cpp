#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string>
#include <thread>

#include "catch2.hpp"
#include "core/error.hpp"
#include "report/comparison_format.hpp"
#include "report/output_file.hpp"
#include "summary_fixture.hpp"
#include "temporary_folder.hpp"
#include "writer_fixture.hpp"

using namespace stream_analyzer;
using stream_analyzer::testing::content_of;
using stream_analyzer::testing::TemporaryFolder;

namespace {

std::atomic<bool> interrupted_by_signal{false};

void on_signal(int /*signal*/) {
    interrupted_by_signal = true;
}

}  // namespace

TEST_CASE("an interrupted output is not written any further and leaves the old file alone") {
    const TemporaryFolder folder;
    folder.write("out.csv", "before");
    std::atomic<bool> interrupted{false};
    {
        OutputFile file(folder / "out.csv", &interrupted);
        file.write("after");
        interrupted = true;
        CHECK_THROWS_AS(file.write(std::string(1'000'000, 'x')), Interrupted);
        CHECK_THROWS_AS(OutputFile(folder / "second.csv", &interrupted), Interrupted);
    }
    CHECK(content_of(folder / "out.csv") == "before");
    CHECK(folder.entries() == 1);
}

TEST_CASE("Ctrl-C ends a report in every format while it is made of many windows") {
    const RunSummary summary = eventful_run();
    const ReportContext context{.summary = &summary, .command = "", .version = "1"};
    std::atomic<bool> interrupted{false};
    const ComparisonRows rows(small_counts(), small_sketches(), &interrupted);
    const auto verdicts = sketch_verdicts(rows);
    interrupted = true;
    for (const ComparisonFormat format :
         {ComparisonFormat::csv, ComparisonFormat::wide_csv, ComparisonFormat::json,
          ComparisonFormat::markdown, ComparisonFormat::table, ComparisonFormat::html}) {
        StringSink sink;
        CHECK_THROWS_AS(write_comparison(format, rows, verdicts, context, {}, sink), Interrupted);
    }
}

TEST_CASE("what was flushed before the interruption may still take its place") {
    const TemporaryFolder folder;
    std::atomic<bool> interrupted{false};
    OutputFile file(folder / "out.csv", &interrupted);
    file.write("whole");
    file.flush();
    interrupted = true;
    file.commit();
    CHECK(content_of(folder / "out.csv") == "whole");
}

TEST_CASE("a signal ends the wait for a fifo's reader") {
    const TemporaryFolder folder;
    REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
    struct sigaction action {};
    struct sigaction before {};
    action.sa_handler = on_signal;
    REQUIRE(::sigaction(SIGUSR1, &action, &before) == 0);
    const pthread_t waiting = ::pthread_self();
    std::jthread signaller([&](const std::stop_token& done) {
        while (!done.stop_requested()) {  // until it meets the system call
            ::usleep(10'000);
            ::pthread_kill(waiting, SIGUSR1);
        }
    });
    CHECK_THROWS_AS(OutputFile(folder / "fifo", &interrupted_by_signal), Interrupted);
    signaller.request_stop();
    signaller.join();
    ::sigaction(SIGUSR1, &before, nullptr);
}
