#include "compare/accuracy_charts.hpp"

#include <algorithm>
#include <string>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

AccuracyRow row_of(const char* sketch, Evidence evidence, std::uint64_t n_min, std::uint64_t n_max,
                   const std::string& window = "") {
    AccuracyRow row;
    row.sketch = parse_sketch_spec(sketch);
    row.evidence = evidence;
    row.n_min = n_min;
    row.n_max = n_max;
    row.window = window;
    return row;
}

AccuracyRow dump_row(const char* sketch, double share, const std::string& window) {
    AccuracyRow row = row_of(sketch, Evidence::dump, 10, 50, window);
    row.samples = 7;
    row.share_of_exact_bytes = share;
    return row;
}

}  // namespace

TEST_CASE("rows about the same ids make one chart of errors against memory") {
    const std::vector<AccuracyRow> rows{row_of("lc:1KiB", Evidence::theory, 10, 50, "1m"),
                                        dump_row("lc:1KiB", 0.5, "1m"),
                                        row_of("hll:10", Evidence::theory, 10, 50, "1m"),
                                        dump_row("hll:10", 0.375, "1m"),
                                        row_of("lc:1KiB", Evidence::theory, 20, 20),
                                        row_of("lc:1KiB", Evidence::trials, 20, 20)};
    const auto charts = size_charts(rows);
    REQUIRE(charts.size() == 2);
    CHECK(charts[0].window == "1m");
    CHECK(charts[0].windows == 7U);
    CHECK(charts[0].rows.size() == 4);
    // 1 KiB is half of the exact set's memory.
    CHECK(charts[0].exact_bytes == 2048.0);
    CHECK_FALSE(charts[1].windows);
    CHECK_FALSE(charts[1].exact_bytes);
    CHECK(charts[1].rows.size() == 2);
}

TEST_CASE("of many numbers of ids the first, the middle and the last have a chart of their own") {
    std::vector<AccuracyRow> rows;
    for (const std::uint64_t n : {1U, 2U, 3U, 4U, 5U}) {
        rows.push_back(row_of("hll:10", Evidence::trials, n, n));
    }
    const auto charts = size_charts(rows);
    REQUIRE(charts.size() == 3);
    CHECK(charts[0].n_min == 1);
    CHECK(charts[1].n_min == 3);
    CHECK(charts[2].n_min == 5);
}

TEST_CASE("of the trials for windows of a length those at the median have a chart") {
    std::vector<AccuracyRow> rows{dump_row("hll:10", 0.5, "1m")};
    for (const std::uint64_t n : {10U, 20U, 40U, 50U}) {
        rows.push_back(row_of("hll:10", Evidence::trials, n, n, "1m"));
    }
    const auto charts = size_charts(rows);
    REQUIRE(charts.size() == 2);
    CHECK(charts[1].n_min == 20);
    CHECK(size_charts({}).empty());
}

TEST_CASE("a chart against the number of ids takes trials before theory, each number once") {
    const std::vector<AccuracyRow> rows{row_of("hll:10", Evidence::trials, 30, 30, "1h"),
                                        row_of("hll:10", Evidence::theory, 10, 10, "1m"),
                                        row_of("hll:10", Evidence::trials, 10, 10, "1m"),
                                        row_of("hll:10", Evidence::theory, 30, 30),
                                        row_of("hll:10", Evidence::dump, 10, 10, "1m"),
                                        row_of("lc:1KiB", Evidence::theory, 5, 5)};
    const auto charts = cardinality_charts(rows, 100);
    REQUIRE(charts.size() == 2);
    REQUIRE(charts[0].rows.size() == 2);
    CHECK(charts[0].rows[0].n_min == 10);
    CHECK(charts[0].rows[0].evidence == Evidence::trials);
    CHECK(charts[0].rows[1].n_min == 30);
    CHECK(charts[0].rows[1].evidence == Evidence::trials);
    CHECK(charts[1].sketch == parse_sketch_spec("lc:1KiB"));
    CHECK(charts[1].numbers == 1);
}

TEST_CASE("many numbers of ids are thinned, and the largest error and both ends stay") {
    std::vector<AccuracyRow> rows;
    for (std::uint64_t n = 1; n <= 1000; ++n) {
        rows.push_back(row_of("hll:10", Evidence::trials, n, n));
        rows.back().errors.max_absolute_error = n == 777 ? 0.9 : 0.1;
    }
    const auto charts = cardinality_charts(rows, 20);
    REQUIRE(charts.size() == 1);
    const auto& kept = charts[0].rows;
    CHECK(charts[0].numbers == 1000);
    CHECK(kept.size() <= 22);
    CHECK(kept.front().n_min == 1);
    CHECK(kept.back().n_min == 1000);
    CHECK(std::any_of(kept.begin(), kept.end(),
                      [](const AccuracyRow& row) { return row.n_min == 777; }));
}
