#include "input/natural_order.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("digits compare as numbers, everything else byte by byte") {
    const std::vector<std::string> ordered{"",
                                           "1",
                                           "01b",
                                           "1c",
                                           "2",
                                           "9",
                                           "10",
                                           "A",
                                           "a",
                                           "a1",
                                           "a1b",
                                           "a2",
                                           "a2b1",
                                           "a2b10",
                                           "a10",
                                           "a99999999999999999999",
                                           "a100000000000000000000",
                                           "ab",
                                           "b-1",
                                           "b-2",
                                           "\xD0\xB0"};
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        for (std::size_t j = 0; j < ordered.size(); ++j) {
            CAPTURE(ordered[i], ordered[j]);
            CHECK(natural_less(ordered[i], ordered[j]) == (i < j));
        }
    }
}

TEST_CASE("names that differ only in leading zeros have an order all the same") {
    CHECK(natural_less("a01", "a1"));
    CHECK_FALSE(natural_less("a1", "a01"));
    CHECK_FALSE(natural_less("a1", "a1"));
    CHECK(natural_less("a01", "a1b"));
    CHECK(natural_less("a1", "a01b"));
}
