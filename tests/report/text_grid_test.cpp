#include "report/text_grid.hpp"

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

TextColumn column(std::string header, Align align, int drop_order, std::vector<TextCell> cells) {
    return {.header = std::move(header),
            .align = align,
            .drop_order = drop_order,
            .cells = std::move(cells)};
}

}  // namespace

TEST_CASE("columns are aligned by code points, and lines have no blanks at their end") {
    CHECK(grid_text({column("a", Align::left, 0, {{"x"}, {"long"}, {""}}),
                     column("number", Align::right, 0, {{"\u22121"}, {"22"}, {""}}),
                     column("b", Align::left, 0, {{""}, {"y"}, {""}})},
                    false) ==
          "a     number  b\n"
          "x         \u22121\n"
          "long      22  y\n"
          "\n");
}

TEST_CASE("colour surrounds the text and leaves blanks outside") {
    CHECK(grid_text({column("h", Align::right, 0, {{" x ", Emphasis::warning}, {"wide", {}}})},
                    true) == "   \x1b[1mh\x1b[0m\n  \x1b[33mx\x1b[0m\nwide\n");
}

TEST_CASE("columns that do not fit are dropped in their order, others never") {
    const std::vector<TextColumn> columns{
        column("aaaa", Align::left, 0, {}), column("bbbb", Align::left, 2, {}),
        column("cccc", Align::left, 1, {}), column("dddd", Align::left, 0, {})};
    const auto headers = [&](std::size_t width) {
        std::string text;
        for (const TextColumn& kept : fitted(columns, width))
            text += kept.header.substr(0, 1);
        return text;
    };
    CHECK(grid_width(columns) == 22);
    CHECK(headers(0) == "abcd");
    CHECK(headers(22) == "abcd");
    CHECK(headers(21) == "abd");
    CHECK(headers(15) == "ad");
    CHECK(headers(1) == "ad");
    CHECK(grid_width({}) == 0);
}
