#include "report/verdict_text.hpp"

#include "catch2.hpp"
#include "writer_fixture.hpp"

using namespace stream_analyzer;

namespace {

std::string headline(const WindowedCounts& counts, const std::vector<ComparedSketch>& sketches) {
    const ComparisonRows rows(counts, sketches);
    return verdict_headline(rows, sketch_verdicts(rows));
}

std::vector<std::string> sentences(const WindowedCounts& counts,
                                   const std::vector<ComparedSketch>& sketches) {
    const ComparisonRows rows(counts, sketches);
    return verdict_sentences(sketch_verdicts(rows));
}

}  // namespace

TEST_CASE("the headline names the sketch with the smallest typical error") {
    CHECK(headline(small_counts(), small_sketches()) ==
          "hll:12 came closest: typically 1.32 % off (root mean square over 3 windows of 1m) with "
          "3KiB a window.");
}

TEST_CASE("a sketch that was full in some windows does not win by the others") {
    const auto counts = minutes({minute_window(0, 100, {{100, false}, {110, false}}),
                                 minute_window(1, 100, {kSaturated, {110, false}})});
    CHECK(headline(counts, small_sketches()).starts_with("hll:12 came closest"));
}

TEST_CASE("a sentence says error, theory, worst window, coverage and what was left out") {
    CHECK(sentences(small_counts(), small_sketches()) ==
          std::vector<std::string>{
              "lc:4KiB (4KiB): typical error 0.01 %, where theory expects 0.50 %; largest −0.02 % "
              "at 2016-07-11 13:39; within ±2σ of theory in 1 of 1 window with enough ids to "
              "say so; full (saturated) and without an estimate in 1 of 3 windows.",
              "hll:12 (3KiB): typical error 1.32 %, where theory expects 1.55 %; largest +1.90 % "
              "at 2016-07-11 13:39; within ±2σ of theory in 2 of 2 windows with enough ids to "
              "say so."});
}

TEST_CASE("what is missing is said in words") {
    CHECK(headline(minutes({}), small_sketches()) ==
          "No record was counted: there is no window to show.");
    CHECK(sentences(minutes({}), small_sketches()).empty());

    CHECK(headline(minutes({minute_window(0, 5, {})}), {}) ==
          "Exact counts of 1 window of 1m. No sketch was asked for, so there is nothing to "
          "compare.");

    const std::vector<ComparedSketch> one{flat_sketch("lc:32B", 32, 0.01)};
    const auto without_truth = minutes({minute_window(0, std::nullopt, {{5, false}})});
    CHECK(headline(without_truth, one) ==
          "Estimates of 1 window of 1m. Exact counts were left out (--no-exact), so the errors are "
          "unknown.");
    CHECK(sentences(without_truth, one) ==
          std::vector<std::string>{
              "lc:32B (32B): theory expects a typical error of 1.00 % at these estimates."});

    const auto full =
        minutes({minute_window(0, 900, {kSaturated}), minute_window(1, 900, {kSaturated})});
    CHECK(headline(full, one) == "No sketch has an estimate to judge: all of them were full.");
    CHECK(sentences(full, one) ==
          std::vector<std::string>{"lc:32B (32B): full (saturated) in all 2 windows, so it has no "
                                   "estimate at all."});
}
