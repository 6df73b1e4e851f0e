#include "core/first_bytes.hpp"

#include <string>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("numbers of the first bytes are in the order of the texts") {
    const std::vector<std::string> ascending{"",   "a", "aaaaaaa", "aaaaaaaa", "aaaaaaab",
                                             "ab", "b", "\x7f",    "\x80",     "\xff"};
    for (std::size_t i = 1; i < ascending.size(); ++i) {
        REQUIRE(ascending[i - 1] < ascending[i]);
        REQUIRE(first_bytes(ascending[i - 1]) < first_bytes(ascending[i]));
    }
    REQUIRE(first_bytes("abcdefgh") == 0x6162636465666768U);
}

TEST_CASE("what is behind eight bytes counts for nothing, and missing bytes as zeros") {
    REQUIRE(first_bytes("abcdefghi") == first_bytes("abcdefgh"));
    REQUIRE(first_bytes("abc") == first_bytes(std::string_view("abc\0\0", 5)));
}

TEST_CASE("what lies behind a text does not count") {
    const std::string text = "abcdefghijkl";
    for (std::size_t size = 0; size <= text.size(); ++size) {
        REQUIRE(first_bytes_of_padded(std::string_view(text).substr(0, size)) ==
                first_bytes(text.substr(0, size)));
    }
}
