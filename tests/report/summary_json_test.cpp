#include "report/summary_json.hpp"

#include "catch2.hpp"
#include "report/json_text.hpp"
#include "summary_fixture.hpp"

using namespace stream_analyzer;

TEST_CASE("the JSON summary has its documented keys in their order") {
    CHECK(summary_json(eventful_run()) == R"GOLD({
  "schema_version": 1,
  "bytes": 2000400,
  "lines": 1022,
  "records": 1000,
  "blank": 1,
  "filtered": 2,
  "anonymous": 4,
  "rejects": 15,
  "rejects_by_reason": [
    {
      "reason": "not JSON",
      "count": 13,
      "first": {
        "file": "a.jsonl",
        "offset_bytes": 12345,
        "line": 17
      }
    },
    {
      "reason": "truncated",
      "count": 2,
      "first": {
        "file": "a.jsonl",
        "offset_bytes": 999,
        "line": 5
      }
    }
  ],
  "files": [
    {
      "name": "a.jsonl",
      "compression": "none",
      "bytes": 2000000,
      "lines": 1012,
      "records": 1000,
      "blank": 1,
      "filtered": 2,
      "anonymous": 4,
      "rejects": 5,
      "rejects_by_reason": {
        "not JSON": 3,
        "truncated": 2
      },
      "out_of_order": 20,
      "out_of_order_share": 0.02,
      "largest_lateness_seconds": 4.8,
      "error": null
    },
    {
      "name": "b.jsonl.gz",
      "compression": "gzip",
      "bytes": 400,
      "lines": 10,
      "records": 0,
      "blank": 0,
      "filtered": 0,
      "anonymous": 0,
      "rejects": 10,
      "rejects_by_reason": {
        "not JSON": 10
      },
      "out_of_order": 0,
      "out_of_order_share": null,
      "largest_lateness_seconds": 0.0,
      "error": "cannot read b.jsonl.gz: the archive is cut"
    }
  ],
  "first_event_time": "2016-07-11T13:39:12Z",
  "last_event_time": "2016-07-11T13:54:00.250000Z",
  "window": "1m",
  "windows": 9,
  "gaps_total": 5,
  "gaps": [
    {
      "from": "2016-07-11T13:40:00Z",
      "until": "2016-07-11T13:41:00Z"
    },
    {
      "from": "2016-07-11T13:42:00Z",
      "until": "2016-07-11T13:43:00Z"
    },
    {
      "from": "2016-07-11T13:44:00Z",
      "until": "2016-07-11T13:45:00Z"
    },
    {
      "from": "2016-07-11T13:46:00Z",
      "until": "2016-07-11T13:47:00Z"
    },
    {
      "from": "2016-07-11T13:48:00Z",
      "until": "2016-07-11T13:49:00Z"
    }
  ],
  "far_windows_total": 1,
  "far_windows": [
    {
      "window_start": "1970-01-01T00:00:00Z",
      "records": 1
    }
  ],
  "time_field": "ts",
  "id_field": "uid",
  "time_unit": "s",
  "time_unit_detected": true,
  "times_without_offset": 0,
  "assume_timezone": "UTC",
  "timezone": "UTC",
  "hash_seed": 0,
  "check": "structure",
  "kernel": "avx2",
  "threads": 2,
  "parts": 0,
  "seconds": 0.5,
  "records_per_second": 2000.0,
  "bytes_per_second": 4000800.0,
  "peak_memory_bytes": 113000000,
  "spilled_runs": 3,
  "spilled_bytes": 2500000,
  "warnings": [
    "a.jsonl grew while it was read"
  ]
}
)GOLD");
}

TEST_CASE("the JSON summary of nothing is valid, its undefined values null") {
    const Json document = Json::parse(summary_json(RunSummary{}));
    CHECK(document["lines"] == 0);
    CHECK(document["first_event_time"].is_null());
    CHECK(document["records_per_second"].is_null());
    CHECK(document["files"].empty());
    CHECK(document["files"].is_array());
    CHECK(document["rejects_by_reason"].is_array());
}

TEST_CASE("file names that are no UTF-8 do not break the JSON summary") {
    RunSummary run = eventful_run();
    run.files[0].name = "\xff\"\n\x01";
    run.files[0].lines.records = 0;
    const Json document = Json::parse(summary_json(run));
    CHECK(document["files"][0]["name"] == "\xef\xbf\xbd\"\n\x01");
    CHECK(document["files"][0]["out_of_order_share"].is_null());
}

TEST_CASE("lines are the sum of what became of them, in all and per file") {
    const Json document = Json::parse(summary_json(eventful_run()));
    const auto sum = [](const Json& counts) {
        int total = 0;
        for (const char* key : {"records", "blank", "filtered", "anonymous", "rejects"}) {
            total += counts[key].get<int>();
        }
        return total;
    };
    CHECK(document["lines"] == sum(document));
    for (const Json& file : document["files"])
        CHECK(file["lines"] == sum(file));
}

TEST_CASE("a hash seed of 64 bits is written in full") {
    RunSummary run = eventful_run();
    run.hash_seed = UINT64_MAX;
    CHECK(Json::parse(summary_json(run))["hash_seed"] == UINT64_MAX);
}
