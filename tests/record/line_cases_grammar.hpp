// Part of line_cases.hpp: JSON's grammar, and lines cut, glued and nested in every way.
#pragma once

#include "line_cases.hpp"

namespace stream_analyzer::line_cases {

inline void add_grammar_cases(LineCases& cases) {
    Table t{Fields::root, cases};
    t.both(R"({"ts":1468244385,"uid":"u1"})", good());
    t.both(R"({"uid":"u1","ts":1468244385})", good());
    t.both(R"(  {"ts":1468244385,"uid":"u1"}  )", good());
    t.both("\t{\t\"ts\"\t:\t1468244385\t,\t\"uid\"\t:\t\"u1\"\t}\t", good());
    t.both("{\"ts\":1468244385,\"uid\":\"u1\"}\r", good());
    t.both("\r{\r\"ts\"\r:\r1468244385\r,\r\"uid\"\r:\r\"u1\"\r}\r", good());
    t.both(R"({ "ts" : 1468244385 , "uid" : "u1" , "x" : [ ] , "y" : { } })", good());
    for (const char* member : {R"("a":[])",
                               R"("a":{})",
                               R"("a":[{}])",
                               R"("a":{"b":[]})",
                               R"("a":[1,2.5,-0,1e9])",
                               R"("a":true)",
                               R"("a":false)",
                               R"("a":null)",
                               R"("a":"")",
                               R"("":"")",
                               R"("":{"":""})",
                               R"("a":[[],[[]],{}])",
                               R"("a":["]","}","[","{"])",
                               R"("a":{"}":"{","]":"["})",
                               R"("a":"{\"ts\":1,\"uid\":\"x\"}")",
                               R"("a":"\\")",
                               R"("a":"\\\"")",
                               R"("a":["\\\\","\""])",
                               R"("\"ts\"":1)",
                               R"("a":[{"ts":5,"uid":"x"}])",
                               R"("a":{"ts":5,"uid":"x"})",
                               R"("a":{"b":{"ts":{},"uid":[]}})",
                               R"("a" : [ 1 , 2 ] )",
                               R"("TS":5,"Uid":"x")",
                               R"("ts ":5," uid":"x")",
                               R"("t":1,"tss":2,"ui":3,"uidd":4)"}) {
        t.both(with(member), good());
    }
    // What `structure` does not look at: the inside of containers that no field is in, and what is
    // behind the first byte of a scalar.
    for (const char* member :
         {R"("a":[1 2])", R"("a":[1,])", R"("a":[,])", R"("a":[,1])", R"("a":{"b"})",
          R"("a":{"b" 1})", R"("a":{"b":})", R"("a":{"b":1,})", R"("a":{1:2})", R"("a":{,})",
          R"("a":[:])", R"("a":["b":1])", R"("a":[tru])", R"("a":[nothing])", R"("a":[True])",
          R"("a":[NaN])", R"("a":[undefined])", R"("a":['x'])", R"("a":[\])", R"("a":["b""c"])",
          R"("a":{"b":1"c":2})", R"("a":{{}})", R"("a":tru)", R"("a":truee)", R"("a":nul)",
          R"("a":nullnull)", R"("a":falsy)", R"("a":nan)", R"("a":t'x')", R"("a":fals\e)",
          // Outside of strings a backslash escapes nothing.
          R"("a":[\"x"])", R"("a":[\\"x"])", R"("a":{\"b\"":1})", R"("a":[\"\\"])", R"("a":[\,\])",
          R"("a":1\)", R"("a":[1\,"\"]"])"}) {
        t.only_structure(with(member));
    }
    // What both levels refuse in the root.
    for (const char* member : {R"("a")",
                               R"("a":)",
                               R"("a" 1)",
                               R"("a"::1)",
                               R"("a":1 2)",
                               R"("a":1:2)",
                               R"(a:1)",
                               R"('a':1)",
                               R"(1:1)",
                               R"(null:1)",
                               R"(true)",
                               R"([])",
                               R"({})",
                               R"(:)",
                               R"("a":1,)",
                               R"()",
                               R"("a":"b""c")",
                               R"("a":"b" "c":1)",
                               R"("a":[]{})",
                               R"("a":{}[])",
                               R"("a":True)",
                               R"("a":NaN)",
                               R"("a":Infinity)",
                               R"("a":undefined)",
                               R"("a":'x')",
                               R"("a":+1)",
                               R"("a":.5)",
                               R"("a":\n)",
                               R"("a":\u0031)",
                               R"("a":/**/1)",
                               R"("a":1{})",
                               R"("a":1"b":2)",
                               R"("a":true"b":2)",
                               R"("a":]1)",
                               R"("a":}1)",
                               R"("a":(1))",
                               R"("a":#)",
                               R"({"a":1})",
                               R"("a":t\"x")",
                               R"("a":1\"x\")",
                               R"(\"a":1)",
                               R"("a"\:1)",
                               R"("a":\"x")",
                               R"("a":"x"\)"}) {
        t.both(with(member), R::not_json);
    }
    for (const char* line : {R"({,"ts":1468244385,"uid":"u1"})",
                             R"({"ts":1468244385,"uid":"u1",})",
                             R"({"ts":1468244385;"uid":"u1"})",
                             R"({"ts"=1468244385,"uid":"u1"})",
                             R"({"ts":,"uid":"u1"})",
                             R"({"ts":1468244385 "uid":"u1"})",
                             R"({"ts" "uid"})",
                             R"({"ts"})",
                             R"({"ts":1468244385])",
                             R"({]})",
                             R"({[]})",
                             R"({:})",
                             R"({,})",
                             R"({{}})",
                             R"(})",
                             R"(])",
                             R"(,)",
                             R"(:)",
                             R"({"ts":1468244385,"uid":"u1"])",
                             R"({"a":[}])",
                             R"({"a":[}})",
                             R"({"a":{]}})",
                             R"({"a":[{]}})",
                             R"({"a":[[[{"b":1]}]]})",
                             R"({"a":[[[)}]]]})",
                             R"({"a":{"b":[1,2}]})"}) {
        t.both(line, R::not_json);
    }
}

inline void add_number_cases(LineCases& cases) {
    Table t{Fields::root, cases};
    const std::string id = R"(,"uid":"u1"})";
    for (const char* number : {"0",
                               "-0",
                               "1",
                               "-1",
                               "10",
                               "1.5",
                               "-1.5",
                               "0.5",
                               "-0.0",
                               "1e5",
                               "1E5",
                               "1e+5",
                               "1e-5",
                               "1.5e300",
                               "0e0",
                               "0E-0",
                               "1e999",
                               "-1e999",
                               "1e-999999999999999999999999",
                               "123456789012345678901234567890123456789012345678901234567890",
                               "0.1234567890123456789012",
                               "9223372036854775808",
                               "18446744073709551616",
                               "4.9e-324",
                               "1.7976931348623159e308"}) {
        t.both(with(std::string("\"a\":") + number), good());
        t.both(with(std::string("\"a\":[") + number + "]"), good());
        t.both(with(std::string("\"a\":{\"b\":") + number + "}"), good());
    }
    for (const char* number :
         {"00",  "01",    "-01",       "-",     "--1",   "1.",   "1.e5",  "-.5",   "1e", "1e+",
          "1e-", "1E+-5", "1.5.5",     "1e5e5", "1e5.5", "0x10", "1_000", "1'000", "1a", "0b1",
          "1-",  "1+1",   "-Infinity", "-a",    "1/2",   "1%",   "1;",    "12f"}) {
        t.only_structure(with(std::string("\"a\":") + number));
        t.only_structure(with(std::string("\"a\":[") + number + "]"));
        // The two fields' own tokens are checked in full at both levels.
        t.both(std::string("{\"ts\":") + number + id, R::not_json);
        t.both(std::string("{\"ts\":1468244385,\"uid\":") + number + "}", R::not_json);
    }
    for (const char* literal : {"tru", "truee", "fals", "nul", "nulll", "n", "t", "f", "tRUE"}) {
        t.both(std::string("{\"ts\":") + literal + id, R::not_json);
        t.both(std::string("{\"uid\":") + literal + ",\"ts\":1468244385}", R::not_json);
    }
    // A byte that no value begins with is no matter of levels.
    for (const char* number : {"+1", ".5", "Infinity", "NaN", "True", "e5", "_1", "#1", "$"}) {
        t.both(std::string("{\"ts\":") + number + id, R::not_json);
    }
}

inline void add_string_cases(LineCases& cases) {
    Table t{Fields::root, cases};
    for (const char* text : {R"(\")",      R"(\\)",     R"(\/)",           R"(\b\f\n\r\t)",
                             R"(\u0000)",  R"(\u00e9)", R"(\uABCD)",       R"(\ud83d\ude00)",
                             R"(\ud800)",  R"(\udc00)", R"(\ud800\ud800)", R"(\udc00\ud800)",
                             R"(\ud800x)", R"(\\\\\\)", R"(\\u12)",        R"(\\q)",
                             "\x7f",       "/",         R"(a\\\"b)",       R"(\u0022)"}) {
        t.both(with(std::string("\"a\":\"") + text + "\""), good());
        t.both(with(std::string("\"a\":[\"") + text + "\"]"), good());
        t.both(with(std::string("\"") + text + "\":1"), good());
    }
    for (const char* text :
         {R"(\q)", R"(\u)", R"(\u1)", R"(\u12)", R"(\u123)", R"(\u123g)", R"(\U1234)", R"(\x41)",
          R"(\0)", R"(\')", R"(\a)", R"(\v)", R"(\ )", R"(\u 123)", R"(\u+123)", R"(\N)",
          R"(\ud800\u)", R"(\ud83d\ude0)", R"(\uDC0G)"}) {
        t.only_structure(with(std::string("\"a\":\"") + text + "\""));
        t.only_structure(with(std::string("\"a\":[\"") + text + "\"]"));
        t.only_structure(with(std::string("\"a\":{\"") + text + "\":1}"));
        t.only_structure(with(std::string("\"") + text + "\":1"));
        t.both(std::string(R"({"ts":1468244385,"uid":")") + text + "\"}", R::not_json);
        t.both(std::string(R"({"uid":"u1","ts":")") + text + "\"}", R::not_json);
    }
}

inline void add_broken_line_cases(LineCases& cases) {
    Table t{Fields::root, cases};
    // Whatever a line loses at its end, it is truncated.
    const std::string sample =
        "{ \"ts\" : 1468244385.5e0 , "
        "\"uid\":\"\\ud83d\\ude00\xC3\xA9\",\"a\":[-0.5E-7,true,{\"\xF0\x9F"
        "\x98\x80\":null}],\"\\\\\":{\"b\\\"\":[[],false]},\"c\":-1 }";
    for (std::size_t length = 1; length < sample.size(); ++length) {
        t.both(sample.substr(0, length), R::truncated);
    }
    t.both(sample, good("\xF0\x9F\x98\x80\xC3\xA9", kTime_us + 500'000));
    for (const char* line :
         {"[", "[1", "[1,", "[[]", "[{", "\"", "\"abc", "\"\\", "-", "tru", "nul", "f", "1.", "1e",
          "1e+", "[\"", "{\"ts\":1468244385,\"uid\":\"u1\""}) {
        t.both(line, R::truncated);
    }
    // Something behind the object.
    const std::string record = R"({"ts":1468244385,"uid":"u1"})";
    for (const char* tail :
         {"x",  ",", "}",  "]", "{",   "{}", " {}",      "\"",           "1",   "null", " ,",
          "\\", ";", "//", "#", "\t}", "[]", "\xC3\xA9", "\xEF\xBB\xBF", "\r x"}) {
        t.both(record + tail, R::trailing_bytes);
    }
    t.both(record + record, R::trailing_bytes);
    t.both(record + " " + record, R::trailing_bytes);
    t.both(record + "," + record, R::trailing_bytes);
    t.both(record + "\r" + record, R::trailing_bytes);
    t.both("{}{}", R::trailing_bytes);
    // Lines glued where one was cut.
    for (const char* head : {"{\"ts\":1468244385,\"uid\":\"u", "{\"ts\":1468244385,\"ui",
                             "{\"ts\":14682", "{\"ts\":1468244385", "{\"ts\"", "{\"", "{",
                             "{\"ts\":1468244385,\"uid\":\"u1\",\"x\":\"ab"}) {
        t.both(head + record, R::not_json);
    }
    t.both("{\"ts\":" + record, R::truncated);
    t.both(R"({"ts":1468244385,"uid":"u1","x":)" + record, R::truncated);
    t.both(R"({"ts":1468244385,"uid":"u1","x":[)" + record, R::truncated);
    // No object at all.
    for (const char* line :
         {"[]", "[1,2]", "\"text\"", "\"\"", "1", "-1.5e3", "0", "true", "false", "null", " null ",
          "[{\"ts\":1468244385,\"uid\":\"u1\"}]", "\t[ ]\r", "1e999", "\"\\ud800\""}) {
        t.both(line, R::not_an_object);
    }
    t.add("[1 2]", bad(R::not_an_object), bad(R::not_json));
    t.add("[tru]", bad(R::not_an_object), bad(R::not_json));
    t.add("[,]", bad(R::not_an_object), bad(R::not_json));
    t.add("\"\\q\"", bad(R::not_an_object), bad(R::not_json));
    for (const char* line : {"abc",
                             "this is a log line",
                             "not JSON",
                             "false alarm",
                             "nullified",
                             "truth",
                             "2016-07-11",
                             "12 apples",
                             "01",
                             "1.5.5",
                             "'x'",
                             "+1",
                             ".5",
                             "ts=1 uid=u1",
                             "<xml/>",
                             "[1] [2]",
                             "[][]",
                             "\"a\" \"b\"",
                             "\"a\":1",
                             "1,2",
                             "[1}",
                             "[}",
                             "[1]]",
                             "null,",
                             "true{}",
                             "\\",
                             "#",
                             "--",
                             "[{]}",
                             "-x",
                             "nul l",
                             "data: {}",
                             "\xEF\xBB\xBF{\"ts\":1468244385,\"uid\":\"u1\"}",
                             "\xEF\xBB\xBF",
                             "\xC2\xA0{}",
                             "\xE2\x80\xA8"}) {
        t.both(line, R::not_json);
    }
}

inline void add_depth_cases(LineCases& cases) {
    Table t{Fields::root, cases};
    const auto nested = [](std::size_t depth, const std::string& open, const std::string& close,
                           const std::string& core) {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i)
            text += open;
        text += core;
        for (std::size_t i = 0; i < depth; ++i)
            text += close;
        return text;
    };
    // The root's own bracket is the first of 1,024.
    for (const std::size_t inner :
         {1U, 2U, 31U, 32U, 33U, 63U, 64U, 65U, 127U, 128U, 500U, 1022U, 1023U}) {
        t.both(with("\"a\":" + nested(inner, "[", "]", "")), good());
        t.both(with("\"a\":" + nested(inner, "{\"a\":", "}", "1")), good());
        t.both(with("\"a\":" + nested(inner, "[", "]", "\"[[[[\"")), good());
        t.both(with("\"a\":" + nested(inner, "[", "}", "")), R::not_json);
    }
    for (const std::size_t inner : {1024U, 1025U, 5000U}) {
        t.both(with("\"a\":" + nested(inner, "[", "]", "")), R::too_deep);
        t.both(with("\"a\":" + nested(inner, "{\"a\":", "}", "1")), R::too_deep);
        t.both("{\"a\":" + std::string(inner, '['), R::too_deep);
    }
    t.both(std::string(1024, '['), R::truncated);
    t.both(nested(1024, "[", "]", ""), R::not_an_object);
    t.both(std::string(1025, '['), R::too_deep);
    t.both(nested(512, "[{\"a\":", "}]", "1"), R::not_an_object);
    t.both(nested(513, "[{\"a\":", "}]", "1"), R::too_deep);
    t.both(with("\"a\":" + nested(511, "[{\"a\":", "}]", "[]")), good());
    t.both(with("\"a\":" + nested(511, "[{\"a\":", "}]", "[[]]")), R::too_deep);
    // Width is no depth.
    std::string wide = "\"a\":[[]";
    for (int i = 0; i < 2000; ++i)
        wide += ",[]";
    t.both(with(wide + "]"), good());
    // The wrong kind, deep inside.
    t.both(with("\"a\":" + std::string(700, '[') + "}" + std::string(700, ']')), R::not_json);
}

}  // namespace stream_analyzer::line_cases
