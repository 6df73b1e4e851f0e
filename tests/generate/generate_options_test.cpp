#include "generate/generate_options.hpp"

#include <functional>

#include "catch2.hpp"
#include "core/error.hpp"

using namespace stream_analyzer;

namespace {

std::string refusal(const std::function<void(GenerateOptions&)>& change) {
    GenerateOptions options;
    change(options);
    try {
        check(options);
    } catch (const UsageError& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("the defaults fit together") {
    CHECK(refusal([](GenerateOptions&) {}) == "accepted");
}

TEST_CASE("options that do not fit together are refused by name") {
    CHECK(refusal([](GenerateOptions& options) {
              options.late_share_ppm = 600'000;
              options.late_tail_ppm = 400'001;
          }) == "--late-share and --late-tail together are more than 100%");
    CHECK(refusal([](GenerateOptions& options) {
              options.late_tail_ppm = 1;
              options.late_max_s = kLateTailMax_s;
          }) == "--late-tail goes to 6h: --late-max must be below it");
    CHECK(refusal([](GenerateOptions& options) {
              options.distinct = {5};
              options.start_s += 1;
          }) == "--distinct fills whole minutes: --start must be a full minute");
    CHECK(refusal([](GenerateOptions& options) { options.distinct.assign(101, kMaxDistinct); }) ==
          "--distinct: the numbers together must be at most 1000000000");
    CHECK(refusal([](GenerateOptions& options) {
              options.shape = DumpShape::nested;
              options.string_times_ppm = 0;
          }) == "--string-times: every time of --shape nested is a string");
    CHECK(refusal([](GenerateOptions& options) {
              options.shape = DumpShape::narrow;
              options.record_bytes = 500;
          }) == "--record-size applies to --shape wide only");
}

TEST_CASE("no event may lie past the year 9999") {
    CHECK(refusal([](GenerateOptions& options) {
              options.records = kMaxRecords;
              options.rate_per_1000s = 1;
          }) == "--start and --rate lead past the year 9999");
    CHECK(refusal([](GenerateOptions& options) {
              options.size_bytes = kMaxSize_bytes;
              options.rate_per_1000s = 1;
          }) == "--start and --rate lead past the year 9999");
    CHECK(refusal([](GenerateOptions& options) {
              options.start_s = 253'402'300'799;
              options.records = 499;
          }) == "accepted");
}
