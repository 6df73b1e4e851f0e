#include "report/summary_text.hpp"

#include "catch2.hpp"
#include "summary_fixture.hpp"

using namespace stream_analyzer;

namespace {

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the summary accounts for every line") {
    CHECK(
        summary_text(eventful_run(), {}) ==
        R"GOLD(read     2.0 MB in 2 inputs: 1,022 lines = 1,000 records + 1 blank + 2 filtered + 4 anonymous + 15 rejects (1.47 %)
rejects  not JSON   13  first at a.jsonl:17 (byte 12,345)
         truncated   2  first at a.jsonl:5 (byte 999)
times    2016-07-11T13:39:12Z to 2016-07-11T13:54:00.250000Z; field ts, unit s (detected)
windows  9 of 1m with records
gaps     5 without records: 2016-07-11 13:40 to 2016-07-11 13:41, 2016-07-11 13:42 to 2016-07-11 13:43 and 3 more
far      1 window far from the rest (broken times?): 1970-01-01T00:00:00Z (1 record)
order    2.00 % of the records behind a later one of their file, at most 4.80 s (a.jsonl)
speed    500 ms, 2.0 k records/s, 4.0 MB/s, peak memory 113 MB, 2.5 MB spilled in 3 runs
how      2 threads, check structure, kernel avx2, hash seed 0
warning: cannot read b.jsonl.gz: the archive is cut
warning: 1.47 % of the lines were rejected, most of them as "not JSON", first at a.jsonl:17 (byte 12,345)
warning: a.jsonl grew while it was read
)GOLD");
}

TEST_CASE("the summary of an uneventful run is short") {
    RunSummary run = eventful_run();
    run.files.resize(1);
    run.files[0].order = {};
    run.files[0].lines = {
        .lines = 1000, .records = 1000, .blank = 0, .filtered = 0, .anonymous = 0, .rejects = {}};
    run.total = run.files[0].lines;
    run.rejects.clear();
    run.gaps.clear();
    run.gaps_total = 0;
    run.far_windows.clear();
    run.far_windows_total = 0;
    run.warnings.clear();
    CHECK(summary_text(run, {}) == R"GOLD(read     2.0 MB in 1 input: 1,000 lines = 1,000 records
times    2016-07-11T13:39:12Z to 2016-07-11T13:54:00.250000Z; field ts, unit s (detected)
windows  9 of 1m with records
speed    500 ms, 2.0 k records/s, 4.0 MB/s, peak memory 113 MB, 2.5 MB spilled in 3 runs
how      2 threads, check structure, kernel avx2, hash seed 0
)GOLD");
}

TEST_CASE("the summary of nothing has no NaN and no division by zero") {
    const std::string text = summary_text(RunSummary{}, {});
    CHECK(contains(text, "0 B in 0 inputs: 0 lines = 0 records\n"));
    CHECK_FALSE(contains(text, "nan"));
    CHECK_FALSE(contains(text, "inf"));
}

TEST_CASE("above one percent of rejects the summary warns and names the first reason") {
    RunSummary run = eventful_run();
    run.total.lines = 1500;  // 15 of them are rejects: 1 % is not above 1 %
    CHECK_FALSE(contains(summary_text(run, {}), "of the lines were rejected"));
    run.total.lines = 1499;
    CHECK(contains(summary_text(run, {}),
                   "warning: 1.00 % of the lines were rejected, most of them as \"not JSON\", "
                   "first at a.jsonl:17 (byte 12,345)\n"));
}

TEST_CASE("few rejects are not rounded down to none") {
    RunSummary run = eventful_run();
    run.total.lines = 20'000'000;
    CHECK(contains(summary_text(run, {}), "15 rejects (<0.01 %)"));
}

TEST_CASE("times without an offset are reported with the time zone they were read in") {
    RunSummary run = eventful_run();
    run.times_without_offset = 12;
    run.assume_timezone = "Europe/Zurich";
    CHECK(contains(summary_text(run, {}), "12 times without an offset, read as Europe/Zurich\n"));
}

TEST_CASE("control characters in file names do not reach the terminal") {
    RunSummary run = eventful_run();
    run.files[1].name = "evil\x1b[2J\n.jsonl";
    run.rejects[0].first.file = run.files[1].name;
    run.warnings = {"evil\x1b[2J"};
    const std::string text = summary_text(run, {});
    CHECK_FALSE(contains(text, "\x1b"));
    CHECK(contains(text, "first at evil\\x1b[2J\\x0a.jsonl:17"));
}

TEST_CASE("warnings have colour only when asked") {
    CHECK_FALSE(contains(summary_text(eventful_run(), {}), "\x1b"));
    CHECK(contains(summary_text(eventful_run(), {.color = true}), "\x1b[33mwarning:\x1b[0m "));
}
