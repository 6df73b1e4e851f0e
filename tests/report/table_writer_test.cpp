#include "report/table_writer.hpp"

#include <algorithm>

#include "catch2.hpp"
#include "report/markdown_writer.hpp"
#include "report/text_grid.hpp"
#include "writer_fixture.hpp"

using namespace stream_analyzer;

namespace {

std::string table_of(const WindowedCounts& counts, std::vector<ComparedSketch> sketches,
                     const TextStyle& style) {
    StringSink sink;
    const ComparisonRows rows(counts, std::move(sketches));
    write_table(rows, sketch_verdicts(rows), notable_windows(rows, kTableWindows), style, sink);
    return sink.text();
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines{""};
    for (const char c : text) {
        if (c == '\n') {
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    lines.pop_back();
    return lines;
}

WindowedCounts many_minutes(int count) {
    std::vector<WindowResult> windows;
    for (int i = 0; i < count; ++i) {
        windows.push_back(
            minute_window(i, 40'000, {{40'000.0 + i, false}, {40'000.0 - 2 * i, false}}));
    }
    return minutes(std::move(windows));
}

}  // namespace

TEST_CASE("the table shows a verdict a sketch, then the windows") {
    CHECK(table_of(small_counts(), small_sketches(), {.width = 100}) ==
          R"GOLD(Unique ids in 3 windows of 1m, 2016-07-11T13:39:00Z to 2016-07-11T13:42:00Z

sketch   memory    RMSE  theory     bias    worst         in window  <=2sd  counted  saturated
lc:4KiB    4KiB  0.01 %  0.50 %  -0.01 %  -0.02 %  2016-07-11 13:39    1/1      2/3          1
hll:12     3KiB  1.32 %  1.55 %  +0.97 %  +1.90 %  2016-07-11 13:39    2/2      3/3          -
RMSE: typical relative error; theory: the RMSE to expect at these counts; <=2sd: windows within
twice the predicted error (about 95 % to expect).
Saturated windows, where the sketch was full and has no estimate, are left out of the errors.
<=2sd counts only windows with a predicted error of at least 5 ids.

window (UTC)       records   exact    lc:4KiB    error   hll:12    error
2016-07-11 13:39~   48,579  16,193     16,190  -0.02 %*  16,500  +1.90 %*
2016-07-11 13:40   123,390  41,130  saturated            41,030  -0.24 %
2016-07-11 13:42~      360     120        120   0.00 %      122  +1.25 %
~ first or last window of the dump, may be incomplete. * largest error of the sketch.
For full precision and all columns add -o FILE.csv (or .json, .md).
)GOLD");
}

TEST_CASE("the table and the Markdown say why theory is missing") {
    const auto counts =
        minutes({minute_window(0, 1000, {{1010, false}}), minute_window(1, 2000, {{2100, false}})});
    const ComparedSketch sketch{
        .name = "lc:1KiB", .memory_bytes = 1024, .predicted_rse = [](double n) {
            return n < 1500 ? std::optional(0.03) : std::nullopt;
        }};
    const std::string table = table_of(counts, {sketch}, {.width = 100});
    CHECK(table.find("lc:1KiB    1KiB  3.61 %       -  ") != std::string::npos);
    CHECK(
        table.find("\ntheory is - where it predicts nothing for some of the windows: lc:1KiB in 1 "
                   "of 2.\n") != std::string::npos);
    StringSink markdown;
    const ComparisonRows rows(counts, {sketch});
    write_markdown(rows, sketch_verdicts(rows), notable_windows(rows, kMarkdownWindows), markdown);
    CHECK(markdown.text().find("some of the windows: lc:1KiB in 1 of 2. Saturated") !=
          std::string::npos);
}

TEST_CASE("the table uses signs beyond ASCII only when asked") {
    const std::string ascii = table_of(small_counts(), small_sketches(), {.width = 100});
    CHECK(std::ranges::all_of(ascii, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
    const std::string unicode =
        table_of(small_counts(), small_sketches(), {.width = 100, .unicode = true});
    CHECK(unicode.find("\u22120.02 %") != std::string::npos);
    CHECK(unicode.find("\u22642\u03c3") != std::string::npos);
}

TEST_CASE("the table has colours only when asked, and they do not move anything") {
    const std::string plain = table_of(small_counts(), small_sketches(), {.width = 100});
    std::string coloured =
        table_of(small_counts(), small_sketches(), {.width = 100, .color = true});
    CHECK(plain.find('\x1b') == std::string::npos);
    CHECK(coloured.find("\x1b[33msaturated\x1b[0m") != std::string::npos);
    for (std::size_t at = 0; (at = coloured.find('\x1b', at)) != std::string::npos;) {
        coloured.erase(at, coloured.find('m', at) - at + 1);
    }
    CHECK(coloured == plain);
}

TEST_CASE("no line of the table is wider than the screen, and none ends with a blank") {
    for (std::size_t width = 40; width <= 140; ++width) {
        const auto lines = lines_of(
            table_of(many_minutes(15), small_sketches(), {.width = width, .unicode = true}));
        for (std::size_t i = 1; i < lines.size(); ++i) {  // the headline is one sentence
            CHECK(display_width(lines[i]) <= width);
            CHECK_FALSE(lines[i].ends_with(' '));
        }
    }
}

TEST_CASE("a narrow screen shows errors without estimates, then fewer sketches, and says so") {
    const std::string narrow = table_of(many_minutes(3), small_sketches(), {.width = 48});
    CHECK(narrow.find("lc:4KiB    hll:12\n") != std::string::npos);
    CHECK(narrow.find("  error") == std::string::npos);
    const std::string narrower = table_of(many_minutes(3), small_sketches(), {.width = 40});
    CHECK(narrower.find("1 more sketch does not fit 40 columns.") != std::string::npos);
}

TEST_CASE("of many windows twenty are shown, with marks where others are left out") {
    const std::string text = table_of(many_minutes(1440), small_sketches(), {.width = 100});
    const auto lines = lines_of(text);
    CHECK(lines[0] ==
          "Unique ids in 1,440 windows of 1m, 2016-07-11T13:39:00Z to 2016-07-12T13:38:00Z");
    const auto shown = std::ranges::count_if(
        lines, [](const std::string& line) { return line.starts_with("2016-"); });
    CHECK(shown == 20);
    CHECK(std::ranges::count(lines, "...") == 1);
    CHECK(text.find("20 of 1,440 windows shown: the first, the last and the worst. For all of "
                    "them add -o FILE.csv") != std::string::npos);
}

TEST_CASE("the table of no windows is one sentence") {
    CHECK(table_of(minutes({}), small_sketches(), {}) ==
          "No windows of 1m: no record was counted.\n");
}

TEST_CASE("without ground truth the table shows estimates and theory alone") {
    const auto counts =
        minutes({minute_window(0, {}, {{40'100, false}}), minute_window(1, {}, {{41'200, false}})});
    CHECK(table_of(counts, {flat_sketch("hll:12", 3072, 0.0155)}, {.width = 80}) ==
          R"GOLD(Unique ids in 2 windows of 1m, 2016-07-11T13:39:00Z to 2016-07-11T13:40:00Z

sketch  memory  theory
hll:12    3KiB  1.55 %
Without ground truth errors are unknown; theory: the RMSE to expect at these
estimates.

window (UTC)       records  hll:12
2016-07-11 13:39~       30  40,100
2016-07-11 13:40~       30  41,200
~ first or last window of the dump, may be incomplete.
For full precision and all columns add -o FILE.csv (or .json, .md).
)GOLD");
}

TEST_CASE("without sketches the table shows exact counts alone") {
    const auto counts = minutes({minute_window(0, 7, {})});
    CHECK(table_of(counts, {}, {.width = 80}) ==
          R"GOLD(Unique ids in 1 window of 1m, 2016-07-11T13:39:00Z

window (UTC)       records  exact
2016-07-11 13:39~       21      7
~ first or last window of the dump, may be incomplete.
For full precision and all columns add -o FILE.csv (or .json, .md).
)GOLD");
}

TEST_CASE("when every window is saturated the table says so and shows no error") {
    const auto counts =
        minutes({minute_window(0, 9000, {kSaturated}), minute_window(1, 9000, {kSaturated})});
    CHECK(table_of(counts, {flat_sketch("lc:64B", 64, 0.1)}, {.width = 80}) ==
          R"GOLD(Unique ids in 2 windows of 1m, 2016-07-11T13:39:00Z to 2016-07-11T13:40:00Z

sketch  memory  saturated
lc:64B     64B          2
Saturated windows, where the sketch was full and has no estimate, are left out
of the errors.

window (UTC)       records  exact     lc:64B  error
2016-07-11 13:39~   27,000  9,000  saturated
2016-07-11 13:40~   27,000  9,000  saturated
~ first or last window of the dump, may be incomplete.
For full precision and all columns add -o FILE.csv (or .json, .md).
)GOLD");
}

TEST_CASE("each window length has a table of its own, its starts as short as they can be") {
    WindowedCounts counts = many_minutes(2);
    counts.lengths.emplace_back("1d");
    counts.windows.push_back(counts.windows[0]);
    counts.windows.back().length = 1;
    counts.windows.back().start =
        WindowTime{std::chrono::sys_days{std::chrono::year{2016} / 7 / 11}};
    const std::string text = table_of(counts, small_sketches(), {.width = 100});
    CHECK(text.find("\nWindows of 1m\nwindow (UTC)") != std::string::npos);
    CHECK(text.find("\nWindows of 1d\nwindow (UTC)") != std::string::npos);
    CHECK(text.find("\n2016-07-11~   ") != std::string::npos);
    CHECK(text.find("\n2016-07-11 13:39~") != std::string::npos);
}

TEST_CASE("windows of seconds show their seconds") {
    auto counts = many_minutes(2);
    counts.windows[1].start = counts.windows[0].start + std::chrono::seconds{5};
    CHECK(table_of(counts, small_sketches(), {.width = 100}).find("\n2016-07-11 13:39:05") !=
          std::string::npos);
}
