#include "core/printable.hpp"

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("control characters are spelled out, everything else stays") {
    using namespace std::string_view_literals;
    REQUIRE(printable("").empty());
    REQUIRE(printable("a b\\x\u00a0\u00e9\u4e16 \xff") == "a b\\x\u00a0\u00e9\u4e16 \xff");
    REQUIRE(printable("a\n\r\t\0\x1b[31m\x7f"sv) == "a\\x0a\\x0d\\x09\\x00\\x1b[31m\\x7f");
    REQUIRE(printable("\u009b31m") == "\\xc2\\x9b31m");
    REQUIRE(printable("\xc2") == "\xc2");
    REQUIRE(is_printable("a b\u00a0\xff"));
    REQUIRE_FALSE(is_printable("a\n"));
    REQUIRE_FALSE(is_printable("\u0085"));
}

}  // namespace
}  // namespace stream_analyzer
