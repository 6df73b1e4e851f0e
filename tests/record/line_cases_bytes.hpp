// Part of line_cases.hpp: control characters and UTF-8, in every place where a byte can stand.
#pragma once

#include <array>

#include "line_cases.hpp"

namespace stream_analyzer::line_cases {

/// A good record with `bytes` in one place of it.
struct Place {
    std::string before;
    std::string after;

    [[nodiscard]] std::string around(const std::string& bytes) const {
        return before + bytes + after;
    }
};

inline std::vector<Place> places_in_strings() {
    const std::string head = R"({"ts":1468244385,"uid":"u1")";
    return {
        {head + R"(,"a":"x)", R"(y"})"},
        {head + R"(,"a":")", R"("})"},
        {head + R"(,"a":["x)", R"(y"]})"},
        {head + R"(,"a":{"b":[{"c":"x)", R"(y"}]}})"},
        {head + R"(,"x)", R"(y":1})"},
        {head + R"(,"a":{"x)", R"(y":1}})"},
        {head + R"(,"a":"0123456789012345678901234567890123456789012345678901234567890123)",
         R"(0123456789012345678901234567890123456789012345678901234567890123456789"})"},
        {head + R"(,"a":"\\)", R"("})"},
    };
}

inline void add_control_character_cases(LineCases& cases) {
    Table t{Fields::root, cases};
    const std::string head = R"({"ts":1468244385,"uid":"u1")";
    const std::vector<Place> between_tokens{
        {"", head + "}"},
        {"{", head.substr(1) + "}"},
        {R"({"ts")", R"(:1468244385,"uid":"u1"})"},
        {R"({"ts":)", R"(1468244385,"uid":"u1"})"},
        {R"({"ts":1468244385)", R"(,"uid":"u1"})"},
        {R"({"ts":1468244385,)", R"("uid":"u1"})"},
        {head, "}"},
        {head + R"(,"a":[)", "]}"},
        {head + R"(,"a":[1)", "]}"},
        {head + R"(,"a":{)", "}}"},
        {head + R"(,"a":{"b":1)", "}}"},
        {head + R"(,"a":{"b":[{}])", "}}"},
        {head + "}", ""},
        {head + "}  ", "  "},
    };
    for (int code = 0; code < 0x20; ++code) {
        if (code == '\n') continue;
        const std::string byte(1, static_cast<char>(code));
        for (const Place& place : places_in_strings()) {
            t.both(place.around(byte), R::control_character);
        }
        // A backslash does not make it better.
        t.both(with("\"a\":\"\\" + byte + "\""), R::control_character);
        t.both(with("\"a\":[\"\\" + byte + "\"]"), R::control_character);
        t.both(R"({"ts":1468244385,"uid":"u)" + byte + R"("})", R::control_character);
        const bool blank = code == '\t' || code == '\r';
        for (const Place& place : between_tokens) {
            if (blank) t.both(place.around(byte), good());
            if (!blank) t.both(place.around(byte), R::control_character);
        }
        // Inside a scalar a blank ends it and a digit is too much; in `structure` not if deeper.
        const std::string in_number = "\"a\":1" + byte + "1";
        if (blank) t.both(with(in_number), R::not_json);
        if (!blank) t.both(with(in_number), R::control_character);
        if (blank) t.only_structure(with("\"a\":[1" + byte + "1]"));
        if (!blank) t.both(with("\"a\":[1" + byte + "1]"), R::control_character);
    }
    // Zeros where a disk ran full.
    t.both(std::string(64, '\0'), R::control_character);
    t.both(head + "}" + std::string(64, '\0'), R::control_character);
    t.both(head + std::string(64, '\0'), R::control_character);
    // DEL is no control character to JSON.
    t.both(with("\"a\":\"\x7f\""), good());
    t.only_structure(with("\"a\":[\x7f]"));
    t.both(with("\x7f"), R::not_json);
}

inline void add_utf8_cases(LineCases& cases) {
    Table t{Fields::root, cases};
    const std::vector<std::string> valid{
        "\xC2\x80",
        "\xC3\xA9",
        "\xDF\xBF",
        "\xE0\xA0\x80",
        "\xE2\x82\xAC",
        "\xEC\xBF\xBF",
        "\xED\x80\x80",
        "\xED\x9F\xBF",
        "\xEE\x80\x80",
        "\xEF\xBB\xBF",
        "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80",
        "\xF0\x9F\x98\x80",
        "\xF1\x80\x80\x80",
        "\xF3\xBF\xBF\xBF",
        "\xF4\x8F\xBF\xBF",
        "\xD0\xBF\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82",
    };
    const std::vector<std::string> invalid{
        "\x80",              // a following byte without a first
        "\xBF",              //
        "\xC3\xA9\xA9",      // one too many
        "\xE2\x82\xAC\x80",  //
        "\xC0\x80",          // overlong: U+0000 in two bytes
        "\xC1\xBF",          //
        "\xE0\x80\x80",      // overlong in three
        "\xE0\x9F\xBF",      //
        "\xF0\x80\x80\x80",  // overlong in four
        "\xF0\x8F\xBF\xBF",  //
        "\xED\xA0\x80",      // surrogates
        "\xED\xBF\xBF",      //
        "\xED\xA0\xBD\xED\xB8\x80",
        "\xF4\x90\x80\x80",  // past U+10FFFF
        "\xF5\x80\x80\x80",  //
        "\xF8\x88\x80\x80\x80",
        "\xFC\x84\x80\x80\x80\x80",
        "\xFE",
        "\xFF",
        "\xC3",  // cut, and the line goes on
        "\xE2",
        "\xE2\x82",
        "\xF0",
        "\xF0\x9F",
        "\xF0\x9F\x98",
        "\xC3\xC3",
        "\xE2\x82\xE2\x82\xAC",
        "\xF0\x9F\x98\xF0",
    };
    const std::string head = R"({"ts":1468244385,"uid":"u1")";
    for (const std::string& bytes : valid) {
        for (const Place& place : places_in_strings())
            t.both(place.around(bytes), good());
        t.both(R"({"ts":1468244385,"uid":")" + bytes + "\"}", good(bytes));
        t.both(R"({"ts":1468244385,"uid":"\\)" + bytes + "\"}", good("\\" + bytes));
        // Behind a lone backslash only `structure` lets it stand.
        t.only_structure(with("\"a\":\"\\" + bytes + "\""));
        t.only_structure(with("\"a\":[" + bytes + "]"));
        t.only_structure(with("\"a\":1" + bytes));
        t.both(with(bytes), R::not_json);
        t.both(with("\"a\":" + bytes), R::not_json);
        t.both(head + "}" + bytes, R::trailing_bytes);
        for (std::size_t length = 1; length < bytes.size(); ++length) {
            t.both(head + ",\"a\":\"" + bytes.substr(0, length), R::truncated);
        }
    }
    for (const std::string& bytes : invalid) {
        for (const Place& place : places_in_strings())
            t.both(place.around(bytes), R::invalid_utf8);
        t.both(R"({"ts":1468244385,"uid":")" + bytes + "\"}", R::invalid_utf8);
        t.both(R"({"uid":"u1","ts":")" + bytes + "\"}", R::invalid_utf8);
    }
    for (const char* byte : {"\x80", "\xBF", "\xC0", "\xC1", "\xF5", "\xFF"}) {
        t.both(with("\"a\":\"\\" + std::string(byte) + "\""), R::invalid_utf8);
        t.both(with("\"a\":[" + std::string(byte) + "]"), R::invalid_utf8);
        t.both(with("\"a\":1" + std::string(byte)), R::invalid_utf8);
        t.both(with(byte), R::invalid_utf8);
        t.both(head + "}" + byte, R::invalid_utf8);
        t.both(byte + head + "}", R::invalid_utf8);
        t.both("[" + std::string(byte) + "]", R::invalid_utf8);
    }
    // A sequence that breaks off where no sequence may stand: its first byte is the offence.
    t.both(with("\xC3"), R::not_json);
    t.both(head + "}\xC3", R::trailing_bytes);
    t.add(with("\"a\":[\xC3]"), bad(R::invalid_utf8), bad(R::not_json));
    t.add(with("\"a\":1\xE2\x82"), bad(R::invalid_utf8), bad(R::not_json));
    // UTF-16 and Latin-1 files.
    t.both("\xFF\xFE{", R::invalid_utf8);
    t.both(std::string_view("\xFE\xFF\0{", 4), R::invalid_utf8);
    t.both(std::string_view("{\0\"\0", 4), R::control_character);
    t.both(with("\"a\":\"caf\xE9\""), R::invalid_utf8);
    // What comes first decides.
    t.both(R"({"a":")"
           "\xFF\x01"
           R"("})",
           R::invalid_utf8);
    t.both(R"({"a":")"
           "\x01\xFF"
           R"("})",
           R::control_character);
    t.both(R"({"a":1)"
           " 2\xFF"
           R"("})",
           R::not_json);
}

}  // namespace stream_analyzer::line_cases
