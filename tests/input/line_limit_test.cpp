#include "input/line_limit.hpp"

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("the first lines of a chunk end behind their last line feed") {
    Chunk chunk;
    chunk.bytes = "a\n\nccc\nd";
    const auto first = [&](std::uint64_t limit) { return limit_lines(chunk, limit); };
    CHECK(first(0).bytes == 0);
    CHECK(first(1).bytes == 2);
    CHECK(first(2).bytes == 3);
    CHECK(first(3).bytes == 7);
    CHECK(first(4).bytes == 8);  // the last line needs no line feed
    CHECK(first(4).lines == 4);
    CHECK(first(5).bytes == 8);
    CHECK(first(5).lines == 4);
}

TEST_CASE("an overlong line is one line") {
    Chunk chunk;
    chunk.bytes = "aaaa";
    chunk.overlong_line_bytes = 100;
    CHECK(limit_lines(chunk, 7).lines == 1);
    CHECK(limit_lines(chunk, 7).bytes == 4);
}
