// A run with something of everything, for the tests of both summaries.
#pragma once

#include <chrono>

#include "pipeline/run_summary.hpp"

namespace stream_analyzer {

inline RunSummary eventful_run() {
    using std::chrono::microseconds, std::chrono::seconds;
    const WindowTime start{seconds{1468244340}};
    const auto index = [](RejectReason reason) { return static_cast<std::size_t>(reason); };

    RunSummary run;
    FileSummary first;
    first.name = "a.jsonl";
    first.compression = "none";
    first.bytes = 2'000'000;
    first.lines.lines = 1012;
    first.lines.records = 1000;
    first.lines.blank = 1;
    first.lines.filtered = 2;
    first.lines.anonymous = 4;
    first.lines.rejects[index(RejectReason::truncated)] = 2;
    first.lines.rejects[index(RejectReason::not_json)] = 3;
    first.order = {.out_of_order = 20, .largest_lateness = microseconds{4'800'000}};
    FileSummary second;
    second.name = "b.jsonl.gz";
    second.compression = "gzip";
    second.bytes = 400;
    second.lines.lines = 10;
    second.lines.rejects[index(RejectReason::not_json)] = 10;
    second.error = "cannot read b.jsonl.gz: the archive is cut";
    run.files = {first, second};
    run.total = first.lines;
    run.total += second.lines;
    run.rejects = {{.reason = RejectReason::not_json, .count = 13, .first = {"a.jsonl", 12345, 17}},
                   {.reason = RejectReason::truncated, .count = 2, .first = {"a.jsonl", 999, 5}}};
    run.first_event_time = start + seconds{12};
    run.last_event_time = start + microseconds{900'250'000};
    run.windows = 9;
    run.gaps_total = 5;
    for (int i = 0; i < 5; ++i) {
        run.gaps.push_back({start + seconds{60 + 120 * i}, start + seconds{120 + 120 * i}});
    }
    run.far_windows_total = 1;
    run.far_windows = {{WindowTime{seconds{0}}, 1}};
    run.window = "1m";
    run.time_field = "ts";
    run.id_field = "uid";
    run.time_unit = "s";
    run.time_unit_chosen = true;
    run.assume_timezone = "UTC";
    run.timezone = "UTC";
    run.check = "structure";
    run.kernel = "avx2";
    run.threads = 2;
    run.seconds = 0.5;
    run.peak_memory_bytes = 113'000'000;
    run.spilled_runs = 3;
    run.spilled_bytes = 2'500'000;
    run.warnings = {"a.jsonl grew while it was read"};
    return run;
}

}  // namespace stream_analyzer
