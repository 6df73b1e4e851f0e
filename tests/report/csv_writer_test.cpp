#include "report/csv_writer.hpp"

#include "catch2.hpp"
#include "report/csv_field.hpp"
#include "report/wide_csv_writer.hpp"
#include "writer_fixture.hpp"

using namespace stream_analyzer;

namespace {

constexpr std::string_view kHeader =
    "window,window_start,complete,records,exact,exact_bytes,sketch,sketch_bytes,estimate,error,"
    "relative_error,predicted_rse,z,saturated\n";

std::string csv_of(const WindowedCounts& counts, std::vector<ComparedSketch> sketches) {
    StringSink sink;
    write_csv(ComparisonRows(counts, std::move(sketches)), sink);
    return sink.text();
}

std::string wide_csv_of(const WindowedCounts& counts, std::vector<ComparedSketch> sketches) {
    StringSink sink;
    write_wide_csv(ComparisonRows(counts, std::move(sketches)), sink);
    return sink.text();
}

}  // namespace

TEST_CASE("the long CSV has a row a window and sketch") {
    CHECK(csv_of(small_counts(), small_sketches()) ==
          std::string(kHeader) +
              "1m,2016-07-11T13:39:00Z,false,48579,16193,647720,lc:4KiB,4096,16190.123457,"
              "-2.876543,-0.000177641,0.005,-0.0355282,false\n"
              "1m,2016-07-11T13:39:00Z,false,48579,16193,647720,hll:12,3072,16500.000000,"
              "307.000000,0.0189588,0.0155,1.22315,false\n"
              "1m,2016-07-11T13:40:00Z,true,123390,41130,1645200,lc:4KiB,4096,,,,0.005,,true\n"
              "1m,2016-07-11T13:40:00Z,true,123390,41130,1645200,hll:12,3072,41030.250000,"
              "-99.750000,-0.00242524,0.0155,-0.156467,false\n"
              "1m,2016-07-11T13:42:00Z,false,360,120,4800,lc:4KiB,4096,120.000000,0.000000,"
              "0.000000000833333,0.005,,false\n"
              "1m,2016-07-11T13:42:00Z,false,360,120,4800,hll:12,3072,121.500000,1.500000,"
              "0.0125,0.0155,,false\n");
}

TEST_CASE("without ground truth the exact columns and errors are empty") {
    const auto counts = minutes({minute_window(0, {}, {{200.5, false}})});
    CHECK(csv_of(counts, {flat_sketch("hll:12", 3072, 0.0155)}) ==
          std::string(kHeader) +
              "1m,2016-07-11T13:39:00Z,false,30,,,hll:12,3072,200.500000,,,0.0155,,false\n");
}

TEST_CASE("without sketches a window has one row with empty sketch columns") {
    const auto counts = minutes({minute_window(0, 7, {})});
    CHECK(csv_of(counts, {}) ==
          std::string(kHeader) + "1m,2016-07-11T13:39:00Z,false,21,7,280,,,,,,,,\n");
    CHECK(wide_csv_of(counts, {}) ==
          "window,window_start,complete,records,exact,exact_bytes\n"
          "1m,2016-07-11T13:39:00Z,false,21,7,280\n");
}

TEST_CASE("no windows give a header alone") {
    CHECK(csv_of(minutes({}), small_sketches()) == kHeader);
    CHECK(read_csv(wide_csv_of(minutes({}), small_sketches())).size() == 1);
}

TEST_CASE("huge counts are printed in full") {
    WindowedCounts counts = minutes({minute_window(0, 1, {{1.8446744073709552e19, false}})});
    counts.windows[0].records = UINT64_MAX;
    counts.windows[0].exact = UINT64_MAX;
    counts.windows[0].exact_bytes = UINT64_MAX;
    CHECK(csv_of(counts, {flat_sketch("hll:12", 3072, 0.0155)}) ==
          std::string(kHeader) +
              "1m,2016-07-11T13:39:00Z,false,18446744073709551615,18446744073709551615,"
              "18446744073709551615,hll:12,3072,18446744073709551616.000000,0.000000,0,0.0155,0,"
              "false\n");
}

TEST_CASE("the wide CSV has a row a window and the values of the long one") {
    CHECK(wide_csv_of(small_counts(), small_sketches()) ==
          "window,window_start,complete,records,exact,exact_bytes,"
          "lc:4KiB_bytes,lc:4KiB_estimate,lc:4KiB_error,lc:4KiB_relative_error,"
          "lc:4KiB_predicted_rse,lc:4KiB_z,lc:4KiB_saturated,"
          "hll:12_bytes,hll:12_estimate,hll:12_error,hll:12_relative_error,"
          "hll:12_predicted_rse,hll:12_z,hll:12_saturated\n"
          "1m,2016-07-11T13:39:00Z,false,48579,16193,647720,"
          "4096,16190.123457,-2.876543,-0.000177641,0.005,-0.0355282,false,"
          "3072,16500.000000,307.000000,0.0189588,0.0155,1.22315,false\n"
          "1m,2016-07-11T13:40:00Z,true,123390,41130,1645200,"
          "4096,,,,0.005,,true,"
          "3072,41030.250000,-99.750000,-0.00242524,0.0155,-0.156467,false\n"
          "1m,2016-07-11T13:42:00Z,false,360,120,4800,"
          "4096,120.000000,0.000000,0.000000000833333,0.005,,false,"
          "3072,121.500000,1.500000,0.0125,0.0155,,false\n");
}

TEST_CASE("every row of both layouts has as many fields as the header") {
    for (const std::size_t sketches : {0U, 1U, 2U, 5U}) {
        std::vector<ComparedSketch> compared;
        std::vector<SketchEstimate> estimates;
        for (std::size_t i = 0; i < sketches; ++i) {
            compared.push_back(flat_sketch("s,\"" + std::to_string(i) + "\n", 10, 0.01));
            estimates.push_back(i % 2 == 0 ? kSaturated : SketchEstimate{5000, false});
        }
        const auto counts =
            minutes({minute_window(0, 5000, estimates), minute_window(1, {}, estimates)});
        const auto wide = read_csv(wide_csv_of(counts, compared));
        CHECK(wide.size() == 3);
        for (const auto& record : wide)
            CHECK(record.size() == 6 + 7 * sketches);
        const auto tall = read_csv(csv_of(counts, compared));
        CHECK(tall.size() == 1 + 2 * std::max<std::size_t>(sketches, 1));
        for (const auto& record : tall)
            CHECK(record.size() == 14);
    }
}

TEST_CASE("fields with commas, quotes or line ends are quoted as RFC 4180 has it") {
    CHECK(csv_field("plain") == "plain");
    CHECK(csv_field("").empty());
    CHECK(csv_field("a,b") == "\"a,b\"");
    CHECK(csv_field("say \"hi\"") == "\"say \"\"hi\"\"\"");
    CHECK(csv_field("two\nlines") == "\"two\nlines\"");
    CHECK(csv_field("carriage\rreturn") == "\"carriage\rreturn\"");
    CHECK(csv_field(" outer ") == "\" outer \"");
    CHECK(csv_field("inner blank") == "inner blank");
    CHECK(csv_field("\"") == "\"\"\"\"");
    CHECK(csv_field("\xff\xfe") == "\xff\xfe");
}

TEST_CASE("a strange sketch name comes back from both layouts") {
    const std::string name = "a \"b\", c\nd";
    const auto counts = minutes({minute_window(0, 1000, {{1010, false}})});
    CHECK(read_csv(csv_of(counts, {flat_sketch(name, 10, 0.01)})).at(1).at(6) == name);
    CHECK(read_csv(wide_csv_of(counts, {flat_sketch(name, 10, 0.01)})).at(0).at(7) ==
          name + "_estimate");
}
