#include "window/window_length.hpp"

#include <string>

#include "catch2.hpp"
#include "core/error.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("a window length is read back from its label") {
    const std::string text =
        GENERATE("1s", "30s", "1m", "15m", "6h", "24h", "1d", "1w", "1mo", "1y");
    REQUIRE(WindowLength::parse(text).label() == text);
}

TEST_CASE("what is no window length is refused with examples") {
    const std::string text = GENERATE("", "m", "0m", "-1m", "1", "1.5m", "1min", "1M", "2d", "3mo",
                                      "9999h", "99999999999s", " 1m", "1m ");
    REQUIRE_THROWS_AS(WindowLength::parse(text), UsageError);
    REQUIRE_THROWS_WITH(WindowLength::parse(text), Catch::Contains("written like 30s, 1m"));
}

}  // namespace
}  // namespace stream_analyzer
