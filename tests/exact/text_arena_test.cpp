#include "exact/text_arena.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("texts stay where they are put, of any length and however many") {
    TextArena arena;
    CHECK(arena.memory_bytes() == 0);
    std::vector<std::pair<std::string, std::string_view>> kept;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < 200; ++i) {
        const std::string text(i % 50 == 49 ? 3'000'000 : i * 100, static_cast<char>(i));
        kept.emplace_back(text, std::string_view(arena.keep(text), text.size()));
        bytes += text.size();
    }
    CHECK(arena.memory_bytes() >= bytes);
    for (const auto& [text, copy] : kept)
        REQUIRE(copy == text);
}
