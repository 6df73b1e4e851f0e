#include "report/number_text.hpp"

#include <cmath>
#include <limits>
#include <locale>
#include <string>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLargest = std::numeric_limits<double>::max();
constexpr double kLeast = std::numeric_limits<double>::denorm_min();

}  // namespace

TEST_CASE("estimates have a fixed number of decimals") {
    CHECK(fixed_text(16190.1234567, 6) == "16190.123457");
    CHECK(fixed_text(0.0, 6) == "0.000000");
    CHECK(fixed_text(18446744073709551616.0, 6) == "18446744073709551616.000000");
    CHECK(fixed_text(-2.5, 0) == "-2");  // half to even, as IEEE 754 rounds
    CHECK(fixed_text(std::nullopt, 6).empty());
}

TEST_CASE("a negative number that rounds to zero has no sign") {
    CHECK(fixed_text(-0.0000001, 6) == "0.000000");
    CHECK(fixed_text(-0.0, 6) == "0.000000");
    CHECK(fixed_text(-0.4, 0) == "0");
    CHECK(ratio_text(-0.0) == "0");
}

TEST_CASE("ratios have six significant digits and neither exponent nor trailing zeros") {
    CHECK(ratio_text(0.0) == "0");
    CHECK(ratio_text(1.0) == "1");
    CHECK(ratio_text(-1.5) == "-1.5");
    CHECK(ratio_text(0.012345678) == "0.0123457");
    CHECK(ratio_text(-0.00000030517578) == "-0.000000305176");
    CHECK(ratio_text(0.1) == "0.1");
    CHECK(ratio_text(10.0) == "10");
    CHECK(ratio_text(123456.7) == "123457");
    CHECK(ratio_text(1234567.0) == "1234570");
    CHECK(ratio_text(9.9999999) == "10");
    CHECK(ratio_text(0.99999999) == "1");
    CHECK(ratio_text(std::nullopt).empty());
}

TEST_CASE("no number is ever printed as NaN or infinity") {
    for (const double odd : {kNan, -kNan, kInfinity, -kInfinity}) {
        CHECK(fixed_text(odd, 6).empty());
        CHECK(ratio_text(odd).empty());
        CHECK_FALSE(rounded_fixed(odd, 6));
        CHECK_FALSE(rounded_ratio(odd));
        CHECK(percent(odd).empty());
        CHECK(signed_percent(odd, "-").empty());
        CHECK(grouped(odd).empty());
        CHECK(bytes_for_people(odd).empty());
        CHECK(count_for_people(odd).empty());
        CHECK(duration_for_people(std::chrono::duration<double>(odd)).empty());
    }
}

TEST_CASE("the extremes of the number range are digits only") {
    for (const double odd : {kLargest, -kLargest, kLeast, -kLeast}) {
        CHECK(ratio_text(odd).find_first_not_of("-0123456789.") == std::string::npos);
        CHECK(fixed_text(odd, 6).find_first_not_of("-0123456789.") == std::string::npos);
    }
    CHECK(ratio_text(kLargest).size() == 309);
    CHECK(percent(kLargest).empty());  // a hundred times it is no number
}

TEST_CASE("the rounded number is the one that the text says") {
    CHECK(rounded_ratio(0.012345678) == 0.0123457);
    CHECK(rounded_fixed(16190.1234567, 6) == 16190.123457);
    CHECK_FALSE(rounded_ratio(std::nullopt));
}

TEST_CASE("thousands are grouped for people") {
    CHECK(grouped(std::uint64_t{0}) == "0");
    CHECK(grouped(std::uint64_t{999}) == "999");
    CHECK(grouped(std::uint64_t{1000}) == "1,000");
    CHECK(grouped(std::uint64_t{1234567}) == "1,234,567");
    CHECK(grouped(std::numeric_limits<std::uint64_t>::max()) == "18,446,744,073,709,551,615");
    CHECK(grouped(43848.7) == "43,849");
    CHECK(grouped(-1234.2) == "-1,234");
    CHECK(grouped(-123.2) == "-123");
}

TEST_CASE("percent has two decimals, and none where they would be noise") {
    CHECK(percent(0.01619) == "1.62 %");
    CHECK(percent(1) == "100.00 %");
    CHECK(percent(0.00001) == "0.00 %");
    CHECK(percent(12.3456) == "1,235 %");
    CHECK(signed_percent(0.0005, "-") == "+0.05 %");
    CHECK(signed_percent(-0.0005, "-") == "-0.05 %");
    CHECK(signed_percent(-0.0005, "\u2212") == "\u22120.05 %");
    CHECK(signed_percent(-0.00001, "-") == "0.00 %");
}

TEST_CASE("bytes and counts for people have two to three digits") {
    CHECK(bytes_for_people(0) == "0 B");
    CHECK(bytes_for_people(999) == "999 B");
    CHECK(bytes_for_people(1000) == "1.0 kB");
    CHECK(bytes_for_people(1'440'000'000) == "1.4 GB");
    CHECK(bytes_for_people(920'000'000) == "920 MB");
    CHECK(bytes_for_people(999'400'000) == "999 MB");
    CHECK(bytes_for_people(999'600'000) == "1.0 GB");
    CHECK(bytes_for_people(9'960'000) == "10 MB");
    CHECK(count_for_people(950) == "950");
    CHECK(count_for_people(15'300'000) == "15 M");
}

TEST_CASE("durations for people have one or two units") {
    using Seconds = std::chrono::duration<double>;
    CHECK(duration_for_people(Seconds(0)) == "0 us");
    CHECK(duration_for_people(Seconds(0.00012)) == "120 us");
    CHECK(duration_for_people(Seconds(0.35)) == "350 ms");
    CHECK(duration_for_people(Seconds(1.314)) == "1.31 s");
    CHECK(duration_for_people(Seconds(42.34)) == "42.3 s");
    CHECK(duration_for_people(Seconds(59.96)) == "1 min 00 s");
    CHECK(duration_for_people(Seconds(125)) == "2 min 05 s");
    CHECK(duration_for_people(Seconds(3600 * 3 + 60 * 7)) == "3 h 07 min");
    CHECK(duration_for_people(Seconds(86400 * 12 + 3600 * 5)) == "12 d 05 h");
    CHECK(duration_for_people(std::chrono::seconds(1)) == "1 s");
    CHECK(duration_for_people(Seconds(-1)).empty());
}

TEST_CASE("numbers have a decimal point in every locale") {
    struct CommaNumbers final : std::numpunct<char> {
        [[nodiscard]] char do_decimal_point() const override { return ','; }
        [[nodiscard]] char do_thousands_sep() const override { return '.'; }
        [[nodiscard]] std::string do_grouping() const override { return "\3"; }
    };
    const std::locale before = std::locale::global(std::locale({}, new CommaNumbers));
    const std::string text = fixed_text(1234.5, 6) + " " + ratio_text(0.25) + " " + percent(0.25) +
                             " " + grouped(std::uint64_t{1234});
    std::locale::global(before);
    CHECK(text == "1234.500000 0.25 25.00 % 1,234");
}
