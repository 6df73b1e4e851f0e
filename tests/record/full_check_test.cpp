#include "record/full_check.hpp"

#include <string>

#include "catch2.hpp"
#include "input/chunk.hpp"

namespace stream_analyzer {
namespace {

bool accepts(FullCheck& check, std::string line) {
    const std::size_t size = line.size();
    line.append(kChunkPadding_bytes, '"');
    return check.accepts(std::string_view(line).substr(0, size));
}

TEST_CASE("the full check looks at every byte of the line and at none behind it") {
    FullCheck check;
    REQUIRE(accepts(check, R"({"a":[1,2.5,{"b":"\u00e9"}],"c":null})"));
    REQUIRE_FALSE(accepts(check, R"({"a":[1,2.5,{"b":"\x"}]})"));
    REQUIRE_FALSE(accepts(check, R"({"a":[01]})"));
    REQUIRE_FALSE(accepts(check, R"({"a":tru})"));
    REQUIRE_FALSE(accepts(check, R"({"a":1} x)"));
    REQUIRE_FALSE(accepts(check, "{\"a\":\"\xff\"}"));
}

TEST_CASE("the full check takes lines of any length") {
    FullCheck check;
    std::string line = R"({"a":")" + std::string(3'000'000, 'x') + R"("})";
    REQUIRE(accepts(check, line));
    REQUIRE(accepts(check, "{}"));
}

}  // namespace
}  // namespace stream_analyzer
