#include "input/line_joiner.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "collected_lines.hpp"
#include "expected_lines.hpp"
#include "input/line_cut.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

struct Joined {
    std::vector<SeenLine> lines;
    std::uint64_t bytes = 0;
    std::size_t largest_block_bytes = 0;
};

/// Gives `text` in pieces of `step` bytes, with `room` free bytes before each.
Joined join(const std::string& text, std::size_t step, std::size_t room, std::size_t longest) {
    const auto status = std::make_shared<SourceStatus>("FILE");
    LineJoiner joiner(status, longest);
    Joined joined;
    MemoryBlock block;
    Chunk chunk;
    for (std::size_t at = 0; !chunk.last_of_source;) {
        const std::string piece = text.substr(std::min(at, text.size()), step);
        at += piece.size();
        block.reset(room + piece.size());
        std::ranges::copy(piece, block.data() + room);
        chunk = Chunk{};
        joiner.join(block, room, room + piece.size(), at == text.size(), chunk);
        for (SeenLine& line : lines_of(chunk)) {
            if (line.length > 0) joined.lines.push_back(std::move(line));
        }
        joined.largest_block_bytes = std::max(joined.largest_block_bytes, block.capacity_bytes());
    }
    CHECK(joiner.received_bytes() == text.size());
    CHECK(joiner.kept_bytes() == 0);
    joined.bytes = status->report().bytes;
    return joined;
}

}  // namespace

TEST_CASE("pieces of any size and place are joined to the lines of the text") {
    const std::string mark = "\xEF\xBB\xBF";
    std::vector<std::string> texts{"",
                                   "\n",
                                   "a",
                                   "a\n",
                                   "\na",
                                   "\n\n\n",
                                   mark,
                                   mark + "\n",
                                   mark + "a",
                                   "\xEF\xBB",
                                   "a\n" + mark,
                                   std::string(300, 'x'),
                                   numbered_lines(40, 60)};
    texts.push_back(mark + std::string(200, 'x') + "\n\nb\n" + std::string(90, 'y') + "\nc");
    texts.push_back(std::string(200, 'x') + "\n" + std::string(201, 'y') + "\n");
    for (const std::string& text : texts) {
        for (const std::size_t step : {1U, 2U, 3U, 7U, 64U, 1000U}) {
            for (const std::size_t room : {0U, 1U, 50U, 1000U}) {
                for (const std::size_t longest : {2U, 50U, 1000U}) {
                    CAPTURE(text.substr(0, 40), text.size(), step, room, longest);
                    const Joined seen = join(text, step, room, longest);
                    REQUIRE(difference(seen.lines, expected_lines(text), longest) == kSame);
                    CHECK(seen.bytes == text.size());
                }
            }
        }
    }
}

TEST_CASE("a line that is longer than allowed is not held while its pieces arrive") {
    const std::string text = "first\n" + std::string(10'000'000, 'x') + "\nlast\n";
    const Joined seen = join(text, 1000, 0, 50'000);
    REQUIRE(difference(seen.lines, expected_lines(text), kOverlongPrefix_bytes) == kSame);
    CHECK(seen.largest_block_bytes < 1'000'000);
}
