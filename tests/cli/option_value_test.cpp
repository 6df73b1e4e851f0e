#include "cli/option_value.hpp"

#include "catch2.hpp"
#include "cli/reject_budget.hpp"
#include "core/error.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("times are ISO texts, dates or seconds, and a bare year is none of them") {
    const auto seconds = [](const char* text) {
        return std::chrono::floor<std::chrono::seconds>(time_in("since", text))
            .time_since_epoch()
            .count();
    };
    REQUIRE(seconds("2016-07-11T13:39:00Z") == 1468244340);
    REQUIRE(seconds("2016-07-11T13:39:00+02:00") == 1468244340 - 7200);
    REQUIRE(seconds("2016-07-11") == 1468195200);
    REQUIRE(seconds("1468244340") == 1468244340);
    REQUIRE(seconds("-60") == -60);
    const auto* const bad = GENERATE("", "2017", "yesterday", "1e9", "99999999999999", "2016-13-01",
                                     "0000-01-01", "--1");
    REQUIRE_THROWS_AS(time_in("since", bad), UsageError);
    REQUIRE_THROWS_WITH(time_in("since", bad), Catch::Contains("--since: '" + std::string(bad)));
}

TEST_CASE("decimals are read exactly or not at all") {
    REQUIRE(parse_decimal("12.5", 3) == 12500);
    REQUIRE(parse_decimal("12", 3) == 12000);
    REQUIRE(parse_decimal("0.001", 3) == 1);
    const auto* const bad =
        GENERATE("", ".", "1.", ".5", "1.2345", "-1", "1.2.3", "99999999999999999999");
    REQUIRE(parse_decimal(bad, 3) == std::nullopt);
}

TEST_CASE("a reject budget is a number of lines or a share of all lines") {
    REQUIRE_FALSE(RejectBudget{}.is_exceeded_by(1000, 1000));
    const RejectBudget lines = RejectBudget::parse("10");
    REQUIRE_FALSE(lines.is_exceeded_by(10, 20));
    REQUIRE(lines.is_exceeded_by(11, 1'000'000));
    const RejectBudget share = RejectBudget::parse("0.5%");
    REQUIRE_FALSE(share.is_exceeded_by(5, 1000));
    REQUIRE(share.is_exceeded_by(6, 1000));
    const RejectBudget none = RejectBudget::parse("0");
    REQUIRE(none.is_exceeded_by(1, 10));
    REQUIRE_FALSE(none.is_exceeded_by(0, 10));
    const auto* const bad = GENERATE("", "%", "101%", "-1", "1.5", "0.0000001%", "ten");
    REQUIRE_THROWS_AS(RejectBudget::parse(bad), UsageError);
}

}  // namespace
}  // namespace stream_analyzer
