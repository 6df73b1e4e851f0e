#include "report/json_writer.hpp"

#include "catch2.hpp"
#include "report/json_text.hpp"
#include "writer_fixture.hpp"

using namespace stream_analyzer;

namespace {

std::string json_of(const WindowedCounts& counts, std::vector<ComparedSketch> sketches) {
    StringSink sink;
    const ComparisonRows rows(counts, std::move(sketches));
    write_json(rows, sketch_verdicts(rows), sink);
    return sink.text();
}

}  // namespace

TEST_CASE("the JSON document holds sketches, verdicts and windows") {
    const auto counts = minutes({minute_window(0, 16'193, {{16'190.1234567, false}}),
                                 minute_window(1, 41'130, {kSaturated})});
    CHECK(
        json_of(counts, {flat_sketch("lc:4KiB", 4096, 0.005)}) ==
        R"({
  "schema_version": 1,
  "sketches": [
    {"sketch":"lc:4KiB","sketch_bytes":4096}
  ],
  "verdicts": [
    {"window":"1m","sketch":"lc:4KiB","sketch_bytes":4096,"windows":2,"counted":1,"saturated":1,)"
        R"("without_truth":0,"bias":-0.000177641,"rmse":0.000177641,)"
        R"("mean_absolute_error":0.000177641,"p50_absolute_error":0.000177641,)"
        R"("p95_absolute_error":0.000177641,"max_absolute_error":0.000177641,)"
        R"("worst_error":-0.000177641,"worst_window":"2016-07-11T13:39:00Z","predicted":1,)"
        R"("without_theory":0,"mean_predicted_rse":0.005,"predicted_rmse":0.005,"with_z":1,"within_1_sigma":1,)"
        R"("within_2_sigma":1,"rms_z":0.0355282,"share_within_1_sigma":1.0,)"
        R"("share_within_2_sigma":1.0}
  ],
  "windows": [
    {"window":"1m","window_start":"2016-07-11T13:39:00Z","complete":false,"records":48579,)"
        R"("exact":16193,"exact_bytes":647720,"sketches":[{"sketch":"lc:4KiB",)"
        R"("estimate":16190.123457,"error":-2.876543,"relative_error":-0.000177641,)"
        R"("predicted_rse":0.005,"z":-0.0355282,"saturated":false}]},
    {"window":"1m","window_start":"2016-07-11T13:40:00Z","complete":false,"records":123390,)"
        R"("exact":41130,"exact_bytes":1645200,"sketches":[{"sketch":"lc:4KiB",)"
        R"("estimate":null,"error":null,"relative_error":null,"predicted_rse":0.005,"z":null,)"
        R"("saturated":true}]}
  ]
}
)");
}

TEST_CASE("no windows and no sketches give empty arrays") {
    CHECK(json_of(minutes({}), {}) ==
          "{\n  \"schema_version\": 1,\n  \"sketches\": [],\n  \"verdicts\": [],\n"
          "  \"windows\": []\n}\n");
}

TEST_CASE("missing values are null in the JSON") {
    const auto counts = minutes({minute_window(0, {}, {kSaturated})});
    const Json document = Json::parse(json_of(counts, {flat_sketch("s", 1, 0.01)}));
    CHECK(document["windows"][0]["exact"].is_null());
    CHECK(document["windows"][0]["exact_bytes"].is_null());
    CHECK(document["windows"][0]["sketches"][0]["predicted_rse"].is_null());
    CHECK(document["verdicts"][0]["rmse"].is_null());
    CHECK(document["verdicts"][0]["worst_window"].is_null());
}

TEST_CASE("the JSON is valid whatever the names are, and huge counts are whole numbers") {
    auto counts = minutes({minute_window(0, 1, {{1, false}})});
    counts.windows[0].exact = UINT64_MAX;
    const Json document =
        Json::parse(json_of(counts, {flat_sketch("a\"\\\n\x01 \xff z", 1, 0.01)}));
    CHECK(document["windows"][0]["exact"] == UINT64_MAX);
    CHECK(document["sketches"][0]["sketch"] == "a\"\\\n\x01 \xef\xbf\xbd z");
}

TEST_CASE("windows with several sketches keep the order of the options") {
    const Json document = Json::parse(json_of(small_counts(), small_sketches()));
    CHECK(document["windows"].size() == 3);
    CHECK(document["windows"][1]["sketches"].size() == 2);
    CHECK(document["windows"][1]["sketches"][0]["sketch"] == "lc:4KiB");
    CHECK(document["windows"][1]["sketches"][1]["sketch"] == "hll:12");
    CHECK(document["verdicts"].size() == 2);
}
