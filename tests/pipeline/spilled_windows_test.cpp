#include "pipeline/spilled_windows.hpp"

#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

WindowJob job_of(std::size_t length, std::int64_t start_seconds) {
    return {.length = length, .start = WindowTime{std::chrono::seconds{start_seconds}}};
}

}  // namespace

TEST_CASE("windows from the first to the last that was spilled may be in a run, and no others") {
    SpilledWindows spilled;
    CHECK_FALSE(spilled.may_have(job_of(0, 0)));
    const std::vector<WindowJob> jobs{job_of(0, 60), job_of(0, 300), job_of(2, -3600)};
    spilled.add(jobs);
    for (const WindowJob& job : jobs)
        CHECK(spilled.may_have(job));
    CHECK(spilled.may_have(job_of(0, 120)));
    CHECK_FALSE(spilled.may_have(job_of(0, 0)));
    CHECK_FALSE(spilled.may_have(job_of(0, 360)));
    CHECK_FALSE(spilled.may_have(job_of(1, 60)));
    CHECK_FALSE(spilled.may_have(job_of(2, 60)));
    CHECK_FALSE(spilled.may_have(job_of(3, -3600)));
    spilled.add(std::vector<WindowJob>{job_of(0, -60)});
    CHECK(spilled.may_have(job_of(0, 0)));
    CHECK(spilled.may_have(job_of(0, 300)));
}
