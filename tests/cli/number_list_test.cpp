#include "cli/number_list.hpp"

#include <algorithm>
#include <functional>

#include "catch2.hpp"
#include "core/error.hpp"

using namespace stream_analyzer;

namespace {

std::vector<std::uint64_t> numbers(const std::string& text) {
    return number_list_in("cardinality", text, 1, 10'000'000);
}

}  // namespace

TEST_CASE("numbers with an exponent are whole numbers") {
    CHECK(numbers("1000,45000,1e6") == std::vector<std::uint64_t>{1000, 45'000, 1'000'000});
    CHECK(numbers("1.5e3,2E0") == std::vector<std::uint64_t>{1500, 2});
}

TEST_CASE("what is no whole number in the range is refused by itself") {
    for (const char* const text : {"", ",", "1,", ",1", "1,,2", "0", "x", "1e", "e3", "1.5", "-1",
                                   "1e-3", "1.55e1", "1e8", "1e20", "1e99", " 1", "1 ,2"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(numbers(text), UsageError);
    }
}

TEST_CASE("a range goes in steps of an octave's part, ends included, each number once") {
    const auto range = [](const std::string& text) {
        return ranges_in("cardinality", text, 1, 10'000'000);
    };
    CHECK(range("1:10:1/octave") == std::vector<std::uint64_t>{1, 2, 4, 8, 10});
    CHECK(range("100:200:2/octave") == std::vector<std::uint64_t>{100, 141, 200});
    CHECK(range("7:7:16/octave") == std::vector<std::uint64_t>{7});
    CHECK(range("5,1:4:1/octave,3,4") == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
    const auto wide = range("1:1e7:16/octave");
    CHECK(wide.front() == 1);
    CHECK(wide.back() == 10'000'000);
    CHECK(wide.size() == 324);
    CHECK(std::ranges::adjacent_find(wide, std::greater_equal<>()) == wide.end());
}

TEST_CASE("what is no range is refused by itself") {
    for (const char* const text :
         {":", "::", "1:", "1:2", "1:2:", "1:2:3", "1:2:/octave", "1:2:0/octave", "1:2:65/octave",
          "1:2:3/decade", "2:1:4/octave", "0:9:4/octave", "1:1e9:4/octave", "1:2:3:4/octave",
          "a:9:4/octave", "1:9:-4/octave", "1:9:4/octave,", "1:9:1.5/octave"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(ranges_in("cardinality", text, 1, 10'000'000), UsageError);
    }
}

TEST_CASE("sizes stand between commas") {
    CHECK(size_list_in("sizes", "1KiB,2k,10", 1, 1 << 20) ==
          std::vector<std::uint64_t>{1024, 2048, 10});
    CHECK_THROWS_AS(size_list_in("sizes", "1KiB,", 1, 1 << 20), UsageError);
    CHECK_THROWS_AS(size_list_in("sizes", "2MiB", 1, 1 << 20), UsageError);
}
