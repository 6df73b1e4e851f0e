#include "record/id_token.hpp"

#include "catch2.hpp"
#include "record/json_string.hpp"

using namespace stream_analyzer;

namespace {

IdReading read(Token token) {
    static std::string scratch;
    return read_id(token, scratch);
}

}  // namespace

TEST_CASE("a string without escapes is a view into the line") {
    const std::string token = R"("user-1")";
    const IdReading reading = read(token);
    CHECK(reading.id == "user-1");
    CHECK(reading.id.data() == token.data() + 1);
    CHECK_FALSE(reading.in_scratch);
    std::string_view plain;
    CHECK(read_plain_id(token, plain));
    CHECK(plain == "user-1");
}

TEST_CASE("a string with escapes is unescaped into the scratch") {
    const IdReading reading = read(R"("a\/b\u00e9\ud83d\ude00\"\\\b\f\n\r\t\u0000")");
    CHECK(reading.kind == IdKind::id);
    CHECK(reading.in_scratch);
    CHECK(reading.id == std::string_view("a/b\xC3\xA9\xF0\x9F\x98\x80\"\\\b\f\n\r\t\0", 17));
    std::string_view plain;
    CHECK_FALSE(read_plain_id(R"("a\/b")", plain));
}

TEST_CASE("every code point has its one UTF-8 form") {
    std::string text;
    REQUIRE(unescape(R"(\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff)",
                     text) == Unescaped::text);
    CHECK(text ==
          "\x7f\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"
          "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
    CHECK(unescape(R"(\u00E9\u00e9)", text) == Unescaped::text);
    CHECK(text == "\xC3\xA9\xC3\xA9");
    CHECK(unescape(R"(\q)", text) == Unescaped::bad_escape);
    CHECK(unescape("\\", text) == Unescaped::bad_escape);
    CHECK(unescape(R"(\udfff)", text) == Unescaped::unpaired_surrogate);
}

TEST_CASE("a backslash is seen wherever it stands, and nothing else is taken for one") {
    for (std::size_t length = 0; length <= 80; ++length) {
        std::string text(length, 'x');
        REQUIRE_FALSE(has_backslash(text));
        for (std::size_t at = 0; at < length; ++at) {
            for (const int byte : {0x00, 0x5B, 0x5D, 0x7F, 0x80, 0xDC, 0xFF}) {
                text[at] = static_cast<char>(byte);
                if (has_backslash(text)) FAIL("byte " << byte << " at " << at << " of " << length);
            }
            text[at] = '\\';
            if (!has_backslash(text)) FAIL("at " << at << " of " << length);
            text[at] = 'x';
        }
    }
}

TEST_CASE("the empty string is an id") {
    CHECK(read(R"("")").kind == IdKind::id);
    CHECK(read(R"("")").id.empty());
    std::string_view plain = "x";
    CHECK(read_plain_id(R"("")", plain));
    CHECK(plain.empty());
}

TEST_CASE("an integer is the same id as the string that spells it") {
    CHECK(read("12").id == read(R"("12")").id);
    CHECK(read("-7").id == "-7");
    std::string_view plain;
    CHECK(read_plain_id("12", plain));
    CHECK(plain == "12");
    for (const char* token : {"-0", "-7", "01", "1.0", "1e3", "null", "{", ""}) {
        INFO(token);
        CHECK_FALSE(read_plain_id(token, plain));
    }
    CHECK(read("-0").id == "0");
    CHECK(read("0").id == "0");
    CHECK(read("123456789012345678901234567890").id == "123456789012345678901234567890");
    CHECK(read(R"("-0")").id == "-0");
}

TEST_CASE("other types are no ids, null is apart") {
    for (const char* token : {"1.0", "1e3", "1E3", "-0.0", "true", "false", "{", "["}) {
        INFO(token);
        CHECK(read(token).kind == IdKind::wrong_type);
    }
    CHECK(read("null").kind == IdKind::null);
    CHECK(read(R"("null")").kind == IdKind::id);
}

TEST_CASE("an unpaired surrogate is no UTF-8") {
    for (const char* token : {R"("\ud800")", R"("\udc00")", R"("\ud800\ud800")", R"("\ud83dx")",
                              R"("\udc00\ud800")", R"("\ud83d\n")", R"("\ud83d\u0041")"}) {
        INFO(token);
        CHECK(read(token).kind == IdKind::not_utf8);
    }
}
