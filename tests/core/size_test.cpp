#include "core/size.hpp"

#include <string>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("KB is 1000 and KiB is 1024") {
    REQUIRE(parse_size("4KiB") == 4096);
    REQUIRE(parse_size("4KB") == 4000);
    REQUIRE(parse_size("4k") == 4096);
    REQUIRE(parse_size("1.5 MiB") == 1'572'864);
    REQUIRE(parse_size("200") == 200);
    REQUIRE(parse_size("200B") == 200);
    REQUIRE(parse_size("1GiB") == std::uint64_t{1} << 30U);
    REQUIRE(parse_size("16777215TiB") == (std::uint64_t{16777215} << 40U));
}

TEST_CASE("what is no size is refused") {
    const auto* const text =
        GENERATE("", "B", "KiB", "-1", "1.0.0", "1.", ".5", "1.5B", "4XB", "4 KiB ", "4  KiB",
                 "16777216TiB", "99999999999999999999", "0x10", "1e3");
    REQUIRE(parse_size(text) == std::nullopt);
}

TEST_CASE("a formatted size is read back exactly") {
    for (std::uint64_t size = 0; size < 70'000; ++size) {
        REQUIRE(parse_size(format_size(size)) == size);
    }
    REQUIRE(format_size(4096) == "4KiB");
    REQUIRE(format_size(4000) == "4KB");
    REQUIRE(format_size(4100) == "4100B");
    REQUIRE(format_size(UINT64_MAX) == "18446744073709551615B");
}

}  // namespace
}  // namespace stream_analyzer
