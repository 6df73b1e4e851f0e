// Whatever sketches, theory and counts say: no writer prints NaN or infinity.
#include <cctype>
#include <limits>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "report/csv_writer.hpp"
#include "report/html_writer.hpp"
#include "report/json_writer.hpp"
#include "report/markdown_writer.hpp"
#include "report/table_writer.hpp"
#include "report/wide_csv_writer.hpp"
#include "writer_fixture.hpp"

using namespace stream_analyzer;

namespace {

/// Words that stand for no number, as words of their own ("window" is fine).
bool says_nan_or_infinity(const std::string& text) {
    std::string word;
    for (const char c : text + " ") {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            continue;
        }
        if (word == "nan" || word == "inf" || word == "infinity") return true;
        word.clear();
    }
    return false;
}

/// The page without its scripts, which know what a NaN is.
std::string html_about(const ComparisonRows& rows, const std::vector<SketchVerdict>& verdicts) {
    RunSummary summary;
    summary.window = "1m";
    summary.timezone = "UTC";
    StringSink sink;
    write_html(rows, verdicts, {.summary = &summary, .command = "", .version = "1"}, sink);
    return sink.text().substr(0, sink.text().find("<script>"));
}

std::string everything_about(const WindowedCounts& counts,
                             const std::vector<ComparedSketch>& sketches) {
    const ComparisonRows rows(counts, sketches);
    const auto verdicts = sketch_verdicts(rows);
    const auto notable = notable_windows(rows, kTableWindows);
    StringSink sink;
    write_csv(rows, sink);
    write_wide_csv(rows, sink);
    write_json(rows, verdicts, sink);
    write_markdown(rows, verdicts, notable, sink);
    write_table(rows, verdicts, notable, {.width = 0}, sink);
    write_table(rows, verdicts, notable, {.width = 30, .color = true, .unicode = true}, sink);
    return sink.text() + html_about(rows, verdicts);
}

}  // namespace

TEST_CASE("the test would see a NaN and an infinity") {
    CHECK(says_nan_or_infinity("1m,-nan,0"));
    CHECK(says_nan_or_infinity("{\"x\":inf}"));
    CHECK_FALSE(says_nan_or_infinity("window,nano"));
}

TEST_CASE("no writer prints NaN or infinity, whatever it is given") {
    const std::vector<double> odd{std::numeric_limits<double>::quiet_NaN(),
                                  std::numeric_limits<double>::infinity(),
                                  -std::numeric_limits<double>::infinity(),
                                  std::numeric_limits<double>::max(),
                                  std::numeric_limits<double>::denorm_min(),
                                  0.0,
                                  -0.0,
                                  1e20};
    const std::vector<std::optional<std::uint64_t>> exacts{std::nullopt, 0U, 1U, UINT64_MAX};
    for (const double rse : odd) {
        std::vector<WindowResult> windows;
        for (const double estimate : odd) {
            for (const auto& exact : exacts) {
                windows.push_back(minute_window(static_cast<int>(windows.size()), exact,
                                                {{estimate, false}, kSaturated}));
            }
        }
        // One window alone and all of them: aggregates of both kinds.
        for (const WindowResult& window : windows) {
            CHECK_FALSE(says_nan_or_infinity(everything_about(
                minutes({window}), {flat_sketch("a", 1, rse), flat_sketch("b", 1, rse)})));
        }
        CHECK_FALSE(says_nan_or_infinity(everything_about(
            minutes(windows), {flat_sketch("a", 1, rse), flat_sketch("b", 1, rse)})));
    }
}
