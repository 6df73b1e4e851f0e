#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "catch2.hpp"
#include "compare/accuracy_table.hpp"
#include "report/accuracy_csv_writer.hpp"
#include "report/accuracy_format.hpp"
#include "report/accuracy_json_writer.hpp"
#include "report/accuracy_latex_writer.hpp"
#include "writer_fixture.hpp"

using namespace stream_analyzer;

namespace {

std::string written(AccuracyFormat format, const AccuracyTable& table, TextStyle style = {}) {
    StringSink sink;
    write_accuracy(format, table, {.summary = nullptr, .command = "", .version = "1"}, style, sink);
    // Without the scripts of the page, which know what a NaN is.
    return sink.text().substr(0, sink.text().find("<script>"));
}

/// Sketches from empty to full, theory with and without, one trial and many.
AccuracyTable table_of(std::uint64_t trials) {
    const TrialPlan plan{.sketches = {parse_sketch_spec("lc:8B"), parse_sketch_spec("lc:1MiB"),
                                      parse_sketch_spec("hll:4"), parse_sketch_spec("ull:3")},
                         .cardinalities = {1, 2, 100, 1000},
                         .trials = trials,
                         .seed = 0,
                         .threads = 1};
    const TrialErrors errors = run_trials(plan, nullptr);
    return {
        .trials = trials,
        .seed = 0,
        .hash_seed = {},
        .rows = cardinality_rows(plan, errors),
        .choices = choose_sketches(
            {.target = 0.05, .budget_bytes = 100, .confidence = 0.9}, plan, errors,
            std::vector<ChoiceNumbers>{{.window = "1m", .is_rollup = false, .numbers = {1, 2, 100}},
                                       {.window = "1h", .is_rollup = true, .numbers = {1000}}})};
}

constexpr std::array kFormats{AccuracyFormat::csv,      AccuracyFormat::json,
                              AccuracyFormat::markdown, AccuracyFormat::latex,
                              AccuracyFormat::table,    AccuracyFormat::html};

}  // namespace

TEST_CASE("no error table holds NaN or infinity") {
    const std::regex no_number("(^|[^a-z])-?(nan|inf|infinity)([^a-z]|$)", std::regex::icase);
    for (const std::uint64_t trials : {0U, 1U, 2U, 150U}) {
        for (const AccuracyFormat format : kFormats) {
            const std::string text = written(format, table_of(trials), {.width = 0});
            CAPTURE(text);
            CHECK_FALSE(std::regex_search(text, no_number));
        }
    }
}

TEST_CASE("a table without rows is written in every format") {
    for (const AccuracyFormat format : kFormats)
        CHECK_NOTHROW(written(format, {}));
    CHECK(read_csv(written(AccuracyFormat::csv, {})).size() == 1);
    CHECK(nlohmann::json::parse(written(AccuracyFormat::json, {}))["rows"].empty());
}

TEST_CASE("every row of the CSV has as many fields as the header, and JSON its names") {
    const AccuracyTable table = table_of(150);
    const auto lines = read_csv(written(AccuracyFormat::csv, table));
    const auto document = nlohmann::ordered_json::parse(written(AccuracyFormat::json, table));
    REQUIRE(lines.size() == table.rows.size() + 1);
    REQUIRE(document["rows"].size() == table.rows.size());
    CHECK(document["schema_version"] == kAccuracySchemaVersion);
    CHECK(document["trials"] == 150);
    for (std::size_t row = 1; row < lines.size(); ++row) {
        REQUIRE(lines[row].size() == lines[0].size());
        std::size_t field = 0;
        for (const auto& [key, value] : document["rows"][row - 1].items()) {
            CHECK(key == lines[0][field]);
            CHECK(value.is_null() == lines[row][field].empty());
            ++field;
        }
        CHECK(field == lines[0].size());
    }
}

TEST_CASE("people see the trials with theory beside them, or theory alone") {
    const std::string with_trials = written(AccuracyFormat::markdown, table_of(150));
    CHECK(with_trials.find("RMSE") != std::string::npos);
    CHECK(std::count(with_trials.begin(), with_trials.end(), '\n') == 3 + 6 + 1 + 16 + 2);
    const std::string theory = written(AccuracyFormat::markdown, table_of(0));
    CHECK(theory.find("| RMSE |") == std::string::npos);
    CHECK(theory.find("theory") != std::string::npos);
}

TEST_CASE("LaTeX takes texts literally") {
    CHECK(latex_text("a_b & 5 % {$#}") == "a\\_b \\& 5\\,\\% \\{\\$\\#\\}");
    CHECK(latex_text("\u2212\u2264\u03c3\u2013") == "$-$$\\leq$$\\sigma$--");
    CHECK(latex_text("~^\\") == "\\textasciitilde{}\\textasciicircum{}\\textbackslash{}");
}

TEST_CASE("a LaTeX table has as many cells in a row as columns, and no byte beyond ASCII") {
    const std::string text = written(AccuracyFormat::latex, table_of(150));
    const std::size_t begin = text.find("\\begin{tabular}{") + 16;
    const std::size_t columns = text.find('}', begin) - begin;
    CHECK(columns > 10);
    std::size_t rows = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        if (!line.ends_with("\\\\")) continue;
        ++rows;
        CHECK(static_cast<std::size_t>(std::count(line.begin(), line.end(), '&')) == columns - 1);
    }
    CHECK(rows == 17);
    CHECK(std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; }));
}
