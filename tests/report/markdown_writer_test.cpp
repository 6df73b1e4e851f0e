#include "report/markdown_writer.hpp"

#include "catch2.hpp"
#include "writer_fixture.hpp"

using namespace stream_analyzer;

namespace {

std::string markdown_of(const WindowedCounts& counts, std::vector<ComparedSketch> sketches,
                        std::size_t limit = kMarkdownWindows) {
    StringSink sink;
    const ComparisonRows rows(counts, std::move(sketches));
    write_markdown(rows, sketch_verdicts(rows), notable_windows(rows, limit), sink);
    return sink.text();
}

}  // namespace

TEST_CASE("the Markdown has a table of sketches and a table of windows") {
    CHECK(markdown_of(small_counts(), small_sketches()) ==
          R"GOLD(# Unique ids: exact against sketches

## Sketches

| sketch | memory | RMSE | theory | bias | p50 | p95 | worst | in window | ≤1σ | ≤2σ | counted | saturated |
| :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| lc:4KiB | 4KiB | 0.01 % | 0.50 % | −0.01 % | 0.00 % | 0.02 % | −0.02 % | 2016-07-11 13:39 | 1/1 | 1/1 | 2/3 | 1 |
| hll:12 | 3KiB | 1.32 % | 1.55 % | +0.97 % | 1.25 % | 1.90 % | +1.90 % | 2016-07-11 13:39 | 1/2 | 2/2 | 3/3 | – |

Errors are relative. theory: the RMSE to expect at these counts. Saturated windows have no estimate and are left out. The windows of one dump share ids and hash: this is a case study, not a series of independent trials.

## Windows of 1m

All 3.

| window (UTC) | records | exact | lc:4KiB | error | hll:12 | error |
| :--- | ---: | ---: | ---: | ---: | ---: | ---: |
| 2016-07-11 13:39\~ | 48,579 | 16,193 | 16,190 | −0.02 %\* | 16,500 | +1.90 %\* |
| 2016-07-11 13:40 | 123,390 | 41,130 | saturated |  | 41,030 | −0.24 % |
| 2016-07-11 13:42\~ | 360 | 120 | 120 | 0.00 % | 122 | +1.25 % |

\~ first or last window of the dump, may be incomplete. \* largest error of the sketch.
)GOLD");
}

TEST_CASE("the Markdown of no windows says so") {
    CHECK(markdown_of(minutes({}), small_sketches()) ==
          "# Unique ids: exact against sketches\n\n## Windows of 1m\n\nNone: no record was "
          "counted.\n");
}

TEST_CASE("the Markdown says how many windows it leaves out, and where") {
    std::vector<WindowResult> windows;
    for (int i = 0; i < 50; ++i)
        windows.push_back(minute_window(i, 1000, {{1010, false}}));
    const std::string text =
        markdown_of(minutes(std::move(windows)), {flat_sketch("s", 1, 0.01)}, 4);
    CHECK(text.find("4 of 50 windows: the first, the last and the worst.") != std::string::npos);
    CHECK(text.find("| \u2026 |  |  |  |  |") != std::string::npos);
}

TEST_CASE("names cannot break out of a Markdown table") {
    const auto counts = minutes({minute_window(0, 1000, {{1010, false}})});
    const std::string text = markdown_of(counts, {flat_sketch("a|b\n<i>*", 1, 0.01)});
    CHECK(text.find("| a\\|b \\<i\\>\\* |") != std::string::npos);
}
