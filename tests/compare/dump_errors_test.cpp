#include "compare/dump_errors.hpp"

#include "catch2.hpp"
#include "compare/accuracy_table.hpp"
#include "comparison_fixture.hpp"

using namespace stream_analyzer;

namespace {

const std::vector<SketchSpec> kSketches{parse_sketch_spec("lc:1KiB"), parse_sketch_spec("hll:12")};

DumpErrors errors_of(const std::vector<WindowResult>& windows) {
    DumpErrors errors(kSketches, {"1m"});
    for (const WindowResult& window : windows)
        errors.add(window);
    return errors;
}

}  // namespace

TEST_CASE("a dump has a row of theory and one of its windows for each sketch") {
    const DumpErrors errors = errors_of({minute_window(0, 1000, {{1010, false}, {980, false}}),
                                         minute_window(1, 2000, {{2000, false}, {2100, false}})});
    const auto rows = errors.rows(0);
    REQUIRE(rows.size() == 4);
    CHECK(rows[2].evidence == Evidence::theory);
    CHECK_FALSE(rows[2].samples);
    CHECK(rows[2].predicted_rse == rows[3].predicted_rse);
    const AccuracyRow& hll = rows[3];
    CHECK(hll.evidence == Evidence::dump);
    CHECK(hll.window == "1m");
    CHECK(hll.samples == 2U);
    CHECK(hll.n_min == 1000);
    CHECK(hll.n_max == 2000);
    CHECK(*hll.errors.bias == Approx(0.015));
    CHECK(*hll.errors.max_absolute_error == Approx(0.05));
    CHECK(hll.max_window == minute(1));
    // 2 x 3,072 bytes for 40 bytes an id.
    CHECK(*hll.share_of_exact_bytes == Approx(6144 / 120'000.0));
    CHECK(*hll.share_within_1_sigma == 0);
    CHECK(*hll.share_within_2_sigma == 0.5);
}

TEST_CASE("the windows of a dump give no interval: they are no independent trials") {
    std::vector<WindowResult> windows;
    for (int i = 0; i < 200; ++i)
        windows.push_back(minute_window(i, 1000, {{1000.0 + i, false}, {1000.0 - i, false}}));
    const auto rows = errors_of(windows).rows(0);
    CHECK(rows[1].errors.rmse);
    CHECK_FALSE(rows[1].errors.rmse_low);
    CHECK_FALSE(rows[1].theory_in_interval);
}

TEST_CASE("saturated windows and those without ids are left out") {
    const auto rows = errors_of({minute_window(0, 1000, {kSaturated, {1000, false}}),
                                 minute_window(1, 0, {{0, false}, {0, false}}),
                                 minute_window(2, 1000, {{1001, false}, {1000, false}})})
                          .rows(0);
    CHECK(rows[1].samples == 3U);
    CHECK(rows[1].saturated == 1U);
    CHECK(rows[1].left_out == 2U);
    CHECK(*rows[1].errors.bias == Approx(0.001));
    CHECK(rows[1].n_min == 1000);
}

TEST_CASE("where all windows are saturated the row says so and has no errors") {
    const auto rows = errors_of({minute_window(0, 90'000, {kSaturated, {90'000, false}})}).rows(0);
    CHECK(rows[1].saturated == 1U);
    CHECK_FALSE(rows[1].errors.rmse);
    CHECK_FALSE(rows[1].max_window);
    CHECK_FALSE(rows[1].predicted_rse);
}

TEST_CASE("one window without theory leaves the row without") {
    const auto rows = errors_of({minute_window(0, 1000, {{1000, false}, {1000, false}}),
                                 minute_window(1, 70'000, {{73'000, false}, {70'000, false}})})
                          .rows(0);
    CHECK_FALSE(rows[1].predicted_rse);
    CHECK_FALSE(rows[1].observed_over_predicted);
    CHECK(rows[3].predicted_rse);
}

TEST_CASE("without windows there are no rows and nothing typical") {
    const DumpErrors errors = errors_of({});
    CHECK(errors.rows(0).empty());
    CHECK(errors.typical_cardinalities(0).empty());
}

TEST_CASE("typical are the smallest, the median, the 95th percentile and the largest count") {
    std::vector<WindowResult> windows;
    for (int i = 0; i < 100; ++i) {
        windows.push_back(
            minute_window(i, static_cast<std::uint64_t>(100 - i), {{1, false}, {1, false}}));
    }
    CHECK(errors_of(windows).typical_cardinalities(0) ==
          std::vector<std::uint64_t>{1, 50, 95, 100});
    windows.resize(1);
    CHECK(errors_of(windows).typical_cardinalities(0) == std::vector<std::uint64_t>{100});
}

TEST_CASE("typical windows are the first of their count, and none with too many ids") {
    WindowedCounts counts;
    counts.lengths = {"1m", "1h"};
    for (const std::uint64_t ids : {50U, 0U, 20U, 50U, 20U, 700U})
        counts.windows.push_back(minute_window(static_cast<int>(counts.windows.size()), ids, {}));
    counts.windows.push_back(minute_window(0, 800, {}));
    counts.windows.back().length = 1;
    const ViewedWindows windows(counts);
    CHECK(typical_windows(windows, 1000) == std::vector<std::size_t>{2, 0, 5, 6});
    CHECK(typical_windows(windows, 700) == std::vector<std::size_t>{2, 0, 5});
    CHECK(typical_windows(windows, 10).empty());
}

TEST_CASE("re-hashed trials have a row a sketch, of the window whose ids they are") {
    const TrialPlan plan{
        .sketches = kSketches, .cardinalities = {}, .trials = 150, .seed = 0, .threads = 1};
    IdList ids;
    for (int i = 0; i < 500; ++i)
        ids.add(std::to_string(i));
    const TrialErrors errors = run_rehashed_trials(plan, std::vector<IdList>{ids}, nullptr);
    std::vector<AccuracyRow> table;
    append_rehash_rows(plan, errors, 0, minute_window(3, 500, {}), "1m", table);
    REQUIRE(table.size() == 2);
    for (const AccuracyRow& row : table) {
        CHECK(row.evidence == Evidence::rehash);
        CHECK(row.window == "1m");
        CHECK(row.samples == 150U);
        CHECK(row.n_min == 500);
        CHECK(row.n_max == 500);
        CHECK(row.max_window == minute(3));
        CHECK(row.errors.rmse_low.has_value() == row.theory_in_interval.has_value());
        CHECK(*row.observed_over_predicted == Approx(1).margin(0.25));
    }
}

TEST_CASE("a window length has the rows of the dump, then the trials at its typical counts") {
    const DumpErrors errors = errors_of({minute_window(0, 1000, {{1010, false}, {980, false}})});
    const TrialPlan plan{
        .sketches = kSketches, .cardinalities = {10, 1000}, .trials = 2, .seed = 0, .threads = 1};
    std::vector<AccuracyRow> table;
    append_length_rows(errors, 0, cardinality_rows(plan, run_trials(plan, nullptr)), table);
    REQUIRE(table.size() == 8);
    for (std::size_t i = 4; i < table.size(); ++i) {
        CHECK(table[i].window == "1m");
        CHECK(table[i].n_min == 1000);
    }
}
