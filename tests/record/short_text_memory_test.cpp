#include "record/short_text_memory.hpp"

#include <string>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("a held text is recognised, and no other of any length or with any byte changed") {
    ShortTextMemory memory;
    for (std::size_t length = 0; length < 40; ++length) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i)
            text.push_back(static_cast<char>('0' + i));
        memory.hold(text);
        const bool fits =
            length >= ShortTextMemory::kShortest_bytes && length <= ShortTextMemory::kLongest_bytes;
        CAPTURE(length);
        REQUIRE(memory.holds(text) == fits);
        REQUIRE_FALSE(memory.holds(text + "0"));
        if (length != 0) REQUIRE_FALSE(memory.holds(text.substr(1)));
        for (char& changed : text) {
            ++changed;
            REQUIRE_FALSE(memory.holds(text));
            --changed;
        }
    }
}

TEST_CASE("a memory without a text recognises nothing") {
    const ShortTextMemory memory;
    REQUIRE_FALSE(memory.holds(""));
    REQUIRE_FALSE(memory.holds(std::string(8, '\0')));
}

}  // namespace
}  // namespace stream_analyzer
