#include "store/front_coded_id.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "catch2.hpp"
#include "core/hash64.hpp"

using namespace stream_analyzer;

namespace {

std::size_t shared_bytes(std::string_view a, std::string_view b) {
    std::size_t shared = 0;
    while (shared < std::min(a.size(), b.size()) && a[shared] == b[shared])
        ++shared;
    return shared;
}

// Sets `next` behind what it shares with the text that is there, or behind less of that.
void set(FrontCodedId& id, const std::string& next, std::size_t most_shared = SIZE_MAX) {
    const std::size_t shared = std::min(shared_bytes(id.text(), next), most_shared);
    // What lies behind the rest is no part of it.
    const std::string padded = next.substr(shared) + std::string(id.kPadding_bytes, '\xee');
    id.set(shared, std::string_view(padded).substr(0, next.size() - shared));
}

void require_text(const FrontCodedId& id, const std::string& text, const std::string& previous) {
    REQUIRE(id.text() == text);
    REQUIRE(id.previous() == previous);
    REQUIRE(id.beginning() == first_bytes(text));
}

}  // namespace

TEST_CASE("an id is the prefix that it shares and the rest, and the one before it stays") {
    // All changes between short and long ones, beside where they differ in how they are copied.
    std::vector<std::string> texts;
    for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 31U, 32U, 33U, 64U, 65U, 300U, 5000U}) {
        for (const char last : {'a', 'b', '\0', '\xff'})
            texts.push_back(std::string(size, 'x') + last);
    }
    for (const std::size_t most_shared : {SIZE_MAX, std::size_t{5}, std::size_t{0}}) {
        FrontCodedId id;
        require_text(id, "", "");
        std::string previous;
        for (std::size_t i = 0; i < 4000; ++i) {
            const std::string& text = texts[mix64(i) % texts.size()];
            set(id, text, most_shared);
            require_text(id, text, previous);
            previous = text;
        }
    }
}

TEST_CASE("an id grows by what is appended, whatever its length, and the one before it stays") {
    FrontCodedId id;
    for (const std::size_t first : {0U, 3U, 32U, 200U}) {
        const std::string previous(id.text());
        std::string text(first, 'y');
        set(id, text);
        for (std::size_t i = 0; i < 60; ++i) {
            const std::string more(i * i, static_cast<char>('a' + i % 26));
            id.append(more);
            text += more;
            require_text(id, text, previous);
        }
    }
}
