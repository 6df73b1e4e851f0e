#include "record/decimal.hpp"

#include <string>

#include "catch2.hpp"
#include "record/plain_integer.hpp"

using namespace stream_analyzer;

namespace {

std::optional<std::int64_t> floored(const std::string& number, int shift = 0) {
    return Decimal(number).scaled_floor(shift);
}

}  // namespace

TEST_CASE("numbers are floored, also below zero") {
    CHECK(floored("1.999999999999999999999999") == 1);
    CHECK(floored("-1.000000000000000000000001") == -2);
    CHECK(floored("-1.0") == -1);
    CHECK(floored("-0.1") == -1);
    CHECK(floored("0.1") == 0);
    CHECK(floored("-0") == 0);
    CHECK(floored("-0.000e99") == 0);
    CHECK(floored("-1e-999999999999999999999") == -1);
    CHECK(floored("1e-999999999999999999999") == 0);
}

TEST_CASE("exponents and shifts move the point exactly") {
    CHECK(floored("1468244385.25", 6) == 1'468'244'385'250'000);
    CHECK(floored("1.46824438525e9", 6) == 1'468'244'385'250'000);
    CHECK(floored("146824438525E-2", 6) == 1'468'244'385'250'000);
    CHECK(floored("0.00146824438525E+12", 6) == 1'468'244'385'250'000);
    CHECK(floored("1468244385250000999", -3) == 1'468'244'385'250'000);
    CHECK(floored("-1", -3) == -1);
    CHECK(floored("999", -3) == 0);
    CHECK(floored("0.0000000000000000000000000000012e30") == 1);
    CHECK(floored("1" + std::string(5000, '0') + "e-5000") == 1);
    CHECK(floored("0." + std::string(5000, '0') + "1e5001") == 1);
    // No double holds these apart.
    CHECK(floored("0.1", 17) == 10'000'000'000'000'000);
    CHECK(floored("9007199254740993") == 9'007'199'254'740'993);
}

TEST_CASE("results from 10^18 on are out of range, and no exponent overflows") {
    CHECK(floored("999999999999999999") == 999'999'999'999'999'999);
    CHECK(floored("-999999999999999999") == -999'999'999'999'999'999);
    for (const char* number :
         {"1000000000000000000", "-1e18", "1e19", "1e400", "-1e99999999999999999999",
          "1e9223372036854775807", "1e9223372036854775808"}) {
        INFO(number);
        CHECK_FALSE(floored(number).has_value());
    }
    CHECK(floored("0e99999999999999999999") == 0);
}

TEST_CASE("the magnitude tells how many digits stand before the point") {
    CHECK(Decimal("99999999999").magnitude() == 11);
    CHECK(Decimal("100000000000").magnitude() == 12);
    CHECK(Decimal("-99999999999.9").magnitude() == 11);
    CHECK(Decimal("1e11").magnitude() == 12);
    CHECK(Decimal("0.1").magnitude() == 0);
    CHECK(Decimal("0.01").magnitude() == -1);
    CHECK(Decimal("0").magnitude() < -1000);
}

TEST_CASE("plain integers of every length are read whole") {
    std::string digits;
    std::uint64_t expected = 0;
    for (std::size_t length = 1; length <= 19; ++length) {
        const char digit = static_cast<char>('1' + (length * 7) % 9);
        digits.push_back(digit);
        expected = expected * 10 + static_cast<std::uint64_t>(digit - '0');
        std::uint64_t value = 0;
        REQUIRE(parse_plain_integer(digits, value));
        CHECK(value == expected);
        // The same with zeros behind the first digit, and nines throughout.
        std::string zeros(length, '0');
        zeros.front() = '1';
        REQUIRE(parse_plain_integer(zeros, value));
        CHECK(std::to_string(value) == zeros);
        const std::string nines(length, '9');
        REQUIRE(parse_plain_integer(nines, value));
        CHECK(std::to_string(value) == nines);
    }
    std::uint64_t value = 1;
    CHECK(parse_plain_integer("0", value));
    CHECK(value == 0);
}

TEST_CASE("one byte that is no digit makes an integer not plain, wherever it stands") {
    std::uint64_t value = 0;
    for (std::size_t length = 1; length <= 19; ++length) {
        for (std::size_t at = 0; at < length; ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                if (byte >= '0' && byte <= '9') continue;
                std::string text(length, '5');
                text[at] = static_cast<char>(byte);
                CAPTURE(text);
                if (parse_plain_integer(text, value)) FAIL();
            }
        }
    }
    for (const char* text : {"", "00", "01", "-1", "+1", "12345678901234567890"}) {
        CHECK_FALSE(parse_plain_integer(text, value));
    }
}
