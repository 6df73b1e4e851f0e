// Part of line_cases.hpp: finding the fields, and judging what stands there.
#pragma once

#include "line_cases.hpp"

namespace stream_analyzer::line_cases {

inline void add_root_field_cases(LineCases& cases) {
    Table t{Fields::root, cases};
    t.both("{}", R::missing_time);
    t.both("{ }", R::missing_time);
    t.both(R"({"uid":"u1"})", R::missing_time);
    t.both(R"({"ts":1468244385})", R::missing_id);
    t.both(R"({"a":{"ts":1468244385,"uid":"u1"}})", R::missing_time);
    t.both(R"({"a":[{"ts":1468244385,"uid":"u1"}]})", R::missing_time);
    t.both(R"({"TS":1468244385,"UID":"u1"})", R::missing_time);
    t.both(R"({"a":"\"ts\":1468244385,\"uid\":\"u1\""})", R::missing_time);
    t.both(R"({"ts":1468244385,"a":"uid"})", R::missing_id);
    t.both(R"({"uid":"u1","ts\u0000":1468244385})", R::missing_time);
    // Escaped spellings of the keys.
    t.both(R"({"\u0074s":1468244385,"uid":"u1"})", good());
    t.both(R"({"t\u0073":1468244385,"\u0075\u0069\u0064":"u1"})", good());
    t.both(R"({"ts":1,"\u0074\u0073":1468244385,"uid":"u1"})", good());
    t.both(R"({"\u0074\u0073":1,"ts":1468244385,"uid":"u1"})", good());
    t.both(R"({"\\ts":1,"ts":1468244385,"uid":"u1"})", good());
    t.both(R"({"ts":1468244385,"ui\u0064":"u1"})", good());
    t.both(R"({"ts":1468244385,"\ud800uid":"x","uid":"u1"})", good());
    t.both(R"({"\u0054s":1468244385,"uid":"u1"})", R::missing_time);
    // The last duplicate wins, whatever kind it is.
    t.both(R"({"ts":1,"ts":1468244385,"uid":"x","uid":"u1"})", good());
    t.both(R"({"ts":1468244385,"uid":"u1","ts":null})", R::wrong_type_of_time);
    t.both(R"({"ts":1468244385,"uid":"u1","uid":null})", anonymous());
    t.both(R"({"ts":1468244385,"uid":"u1","uid":{}})", R::wrong_type_of_id);
    t.both(R"({"ts":{"ts":5},"ts":1468244385,"uid":["x"],"uid":"u1"})", good());
    t.both(R"({"ts":1468244385,"uid":null,"uid":"u1"})", good());
    // Of duplicates only the last one's token is checked in full at `structure`.
    t.only_structure(R"({"ts":01,"ts":1468244385,"uid":"u1"})");
    t.only_structure(R"({"ts":1468244385,"uid":"\q","uid":"u1"})");
    t.both(R"({"ts":1468244385,"ts":01,"uid":"u1"})", R::not_json);
    // Nested objects reuse the names, before, between and behind.
    t.both(
        R"({"n":{"ts":1,"uid":"x"},"ts":1468244385,"n":{"ts":2,"uid":"y"},"uid":"u1","n":{"ts":3}})",
        good());
    t.both(R"({"ts":1468244385,"uid":"u1","n":[{"uid":"x","ts":1},{"uid":"y","ts":2}]})", good());
    t.both(R"({"a":1,"a":2,"a":{},"ts":1468244385,"a":[],"uid":"u1","a":"z"})", good());
}

inline void add_pointer_field_cases(LineCases& cases) {
    Table t{Fields::pointer, cases};
    const std::string user = R"("user":{"id":"u1"})";
    const std::string event = R"("event":{"time":1468244385})";
    t.both("{" + event + "," + user + "}", good());
    t.both("{" + user + "," + event + "}", good());
    t.both(R"({"event":{"a":1,"time":1468244385,"b":[2]},"user":{"a":{"id":"x"},"id":"u1"}})",
           good());
    t.both(R"({ "event" : { "time" : 1468244385 } , "user" : { "id" : "u1" } })", good());
    t.both(R"({"\u0065vent":{"t\u0069me":1468244385},"us\u0065r":{"\u0069d":"u1"}})", good());
    t.both(
        R"({"event":{"event":{"time":5},"time":1468244385},"user":{"user":{"id":"x"},"id":"u1"}})",
        good());
    t.both(R"({"a":{"event":{"time":5},"user":{"id":"x"}},)" + event + "," + user + "}", good());
    t.both(R"({"event":{"time":1468244385}})", R::missing_id);
    t.both("{" + user + "}", R::missing_time);
    t.both(R"({"event":{},)" + user + "}", R::missing_time);
    t.both(R"({"event":1468244385,)" + user + "}", R::missing_time);
    t.both(R"({"event":null,)" + user + "}", R::missing_time);
    t.both(R"({"event":[{"time":1468244385}],)" + user + "}", R::missing_time);
    t.both(R"({"event":{"x":{"time":1468244385}},)" + user + "}", R::missing_time);
    t.both(R"({"event.time":1468244385,)" + user + "}", R::missing_time);
    t.both(R"({"/event/time":1468244385,)" + user + "}", R::missing_time);
    t.both(R"({"time":1468244385,)" + user + "}", R::missing_time);
    t.both("{" + event + R"(,"user":{"id":null}})", anonymous());
    t.both("{" + event + R"(,"user":{"id":{"id":"u1"}}})", R::wrong_type_of_id);
    // A parent that comes again takes all that was below it along.
    t.both(R"({"event":{"time":5},)" + event + "," + user + "}", good());
    t.both("{" + event + R"(,"event":{},)" + user + "}", R::missing_time);
    t.both("{" + event + R"(,"event":{"x":1},)" + user + "}", R::missing_time);
    t.both("{" + event + R"(,"event":null,)" + user + "}", R::missing_time);
    t.both("{" + event + R"(,"event":[],)" + user + "}", R::missing_time);
    t.both("{" + event + R"(,"\u0065vent":"x",)" + user + "}", R::missing_time);
    t.both("{" + user + "," + event + R"(,"user":{"name":"n"}})", R::missing_id);
    t.both(R"({"event":{"time":{},"time":1468244385},)" + user + "}", good());
    t.both(R"({"event":{"time":1468244385,"time":[]},)" + user + "}", R::wrong_type_of_time);
    // The grammar of the objects on the way is checked at both levels.
    for (const char* inside :
         {R"("time":1468244385,)", R"("time":1468244385 "x":1)", R"("time" 1468244385)",
          R"(,"time":1468244385)", R"("x","time":1468244385)", R"("time":1468244385,"x":True)",
          R"("time":1468244385,x:1)", R"({})", R"("time":1468244385])"}) {
        t.both(std::string(R"({"event":{)") + inside + "}," + user + "}", R::not_json);
    }
    // What stands in them, and is no parent, is skimmed as anywhere else.
    t.only_structure(
        R"({"event":{"x":{1,,2},"time":1468244385,"y":[:]},"user":{"z":tru,"id":"u1"}})");
    t.both(R"({"event":{"time":1468244385},"user":{"id":"u1","x":[}]}})", R::not_json);
    t.both(R"({"event":{"time":1468244385},"user":{"id":"u1"})", R::truncated);
    t.both(R"({"event":{"time":1468244385},"user":{"id":"u1"}}})", R::trailing_bytes);
    t.both(R"({"event":{"time":1468244385},"user":{"id":"u1")", R::truncated);
    t.both(R"({"event":{"time":"2016-07-11T13:39:45Z"},"user":{"id":"u1"}})", good());
    // An array as the value of a parent is only skimmed.
    t.add(R"({"event":[1 2],)" + user + "}", bad(R::missing_time), bad(R::not_json));
}

inline void add_dotted_field_cases(LineCases& cases) {
    Table t{Fields::dotted, cases};
    t.both(R"({"event":{"time":1468244385},"user":{"id":"u1"}})", good());
    t.both(R"({"event.time":1468244385,"user.id":"u1"})", good());
    t.both(R"({"event.time":1468244385,"user":{"id":"u1"}})", good());
    t.both(R"({"event.time":1468244385,"event":{"time":5},"user":{"id":"x"},"user.id":"u1"})",
           good());
    t.both(R"({"event":{"time":5},"event.time":1468244385,"user.id":"u1","user":{"id":"x"}})",
           good());
    t.both(R"({"event\u002etime":1468244385,"event":{"time":5},"user":{"id":"u1"}})", good());
    t.both(R"({"event.time":null,"event":{"time":1468244385},"user":{"id":"u1"}})",
           R::wrong_type_of_time);
    t.both(R"({"event":{"event.time":1468244385},"user":{"id":"u1"}})", R::missing_time);
    t.both(R"({"event":{"time":1468244385},"event":{},"event.time":1468244385,"user.id":"u1"})",
           good());
    t.both(R"({"event":{"time":1468244385},"user":{"user.id":"u1"}})", R::missing_id);
    t.both(R"({"time":1468244385,"id":"u1"})", R::missing_time);
    // The member that the literal one goes before is no wanted token.
    t.only_structure(R"({"event.time":1468244385,"event":{"time":01},"user":{"id":"u1"}})");
}

inline void add_time_and_id_cases(LineCases& cases) {
    Table t{Fields::root, cases};
    const auto at = [](std::string_view time) {
        return std::string(R"({"uid":"u1","ts":)").append(time).append("}");
    };
    const auto of = [](std::string_view id) {
        return std::string(R"({"ts":1468244385,"uid":)").append(id).append("}");
    };
    t.both(at("\"1468244385\""), good());
    t.both(at(" \"1468244385\" "), good());
    t.both(at("1468244385.0"), good());
    t.both(at("14682443850e-1"), good());
    t.both(at("1.468244385E9"), good());
    t.both(at("\"1.468244385E+9\""), good());
    t.both(at("1468244385.9999999"), good("u1", kTime_us + 999'999));
    t.both(at("\"2016-07-11T13:39:45Z\""), good());
    t.both(at("\"2016-07-11 15:39:45,000+02:00\""), good());
    t.both(at("\"2016-07-11T13:39:45\""), good());
    t.both(at("\"2016\\u002d07-11T13:39:45Z\""), good());
    t.both(at("\"146824438\\u0035\""), good());
    t.both(at("0"), good("u1", 0));
    t.both(at("-0"), good("u1", 0));
    t.both(at("-1"), good("u1", -1'000'000));
    t.both(at("253402300799"), good("u1", 253'402'300'799'000'000));
    t.both(at("-62135596800"), good("u1", -62'135'596'800'000'000));
    for (const char* time :
         {"253402300800", "-62135596801", "1e400", "-1e400", "99999999999999999999",
          "\"253402300800\"", "\"0000-12-31T23:59:59Z\"", "1e99999999999999999999",
          "\"9999-12-31T23:59:59-01:00\"", "123456789012345678901234567890"}) {
        t.both(at(time), R::time_out_of_range);
    }
    for (const char* time :
         {"null", "true", "false", "{}", "[]", "[1468244385]", "{\"ts\":1468244385}"}) {
        t.both(at(time), R::wrong_type_of_time);
    }
    for (const char* time :
         {"\"\"", "\" \"", "\"abc\"", "\" 1468244385\"", "\"1468244385 \"", "\"01\"", "\"+1\"",
          "\"1468244385s\"", "\"2016-07-11\"", "\"2016-02-30T00:00:00Z\"", "\"0x10\"", "\"NaN\"",
          "\"null\"", "\"\\u0000\"", "\"\\ud800\"", "\"-\""}) {
        t.both(at(time), R::unparsable_time);
    }
    t.both(of("\"\""), good(""));
    t.both(of("\"\\u0075\\u0031\""), good());
    t.both(of("\"a\\/b\""), good("a/b"));
    t.both(of("\"\\\"\\\\\\b\\f\\n\\r\\t\""), good("\"\\\b\f\n\r\t"));
    t.both(of("\"\\u0000\""), good(std::string(1, '\0')));
    t.both(of("\"\\ud83d\\ude00\""), good("\xF0\x9F\x98\x80"));
    t.both(of("\" u1 \""), good(" u1 "));
    t.both(of("12"), good("12"));
    t.both(of("\"12\""), good("12"));
    t.both(of("0"), good("0"));
    t.both(of("-0"), good("0"));
    t.both(of("\"-0\""), good("-0"));
    t.both(of("-7"), good("-7"));
    t.both(of("123456789012345678901234567890"), good("123456789012345678901234567890"));
    t.both(of("null"), anonymous());
    t.both(of("\"null\""), good("null"));
    for (const char* id : {"1.0", "1e3", "-0.0", "1E0", "true", "false", "{}", "[]", "[\"u1\"]",
                           "{\"uid\":\"u1\"}"}) {
        t.both(of(id), R::wrong_type_of_id);
    }
    for (const char* id : {"\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\ud83dx\"",
                           "\"a\\udfffb\"", "\"\\ud800\\n\""}) {
        t.both(of(id), R::invalid_utf8);
    }
    // The order: missing before wrong, the time before the id; bad bytes of either before all.
    t.both(R"({"ts":"never"})", R::missing_id);
    t.both(R"({"uid":true})", R::missing_time);
    t.both(R"({"uid":true,"ts":"never"})", R::unparsable_time);
    t.both(R"({"uid":null,"ts":"never"})", R::unparsable_time);
    t.both(R"({"uid":01})", R::not_json);
    t.both(R"({"uid":01,"ts":"never"})", R::not_json);
    t.both(R"({"ts":"\q"})", R::not_json);
    // A cut goes before all of it; at `full` the bad number is the first offence.
    t.add(R"({"uid":01,"ts":"never")", bad(R::truncated), bad(R::not_json));
}

}  // namespace stream_analyzer::line_cases
