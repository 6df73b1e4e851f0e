#include "record/judge_line.hpp"

#include <simdjson.h>

#include <array>
#include <string>

#include "catch2.hpp"
#include "core/hash64.hpp"
#include "line_cases.hpp"

using namespace stream_analyzer;

namespace {

Verdict verdict_of(std::string_view line, Interpreter& interpreter, const FieldPlan& plan,
                   CheckLevel level) {
    LineTokens tokens;
    if (const auto reason = judge_line(line, plan, level, tokens)) {
        Verdict verdict;
        verdict.kind = LineKind::reject;
        verdict.reason = *reason;
        return verdict;
    }
    return interpreter.interpret(tokens);
}

/// Plain text, so that a failure reads well.
std::string described(LineKind kind, RejectReason reason, std::int64_t time_us,
                      std::string_view id) {
    switch (kind) {
        case LineKind::reject:
            return std::string(name_of(reason));
        case LineKind::record:
            return std::to_string(time_us) + " \"" + std::string(id) + "\"";
        case LineKind::anonymous:
            return std::to_string(time_us) + " anonymous";
        case LineKind::blank:
            return "blank";
        case LineKind::filtered:
            return "filtered";
    }
    return "";
}

std::string described(const Verdict& verdict) {
    return described(verdict.kind, verdict.reason, verdict.time.time_since_epoch().count(),
                     verdict.id);
}

std::string described(const line_cases::Expected& expected) {
    return described(expected.kind, expected.reason, expected.time_us, expected.id);
}

void check_table(line_cases::Fields fields) {
    const ReadingRules rules = line_cases::rules_for(fields);
    const FieldPlan plan(wanted_fields(rules));
    Interpreter interpreter(rules, plan);
    for (const line_cases::LineCase& c : line_cases::all_line_cases()) {
        if (c.fields != fields) continue;
        // The line in a buffer of its own size: a byte read past it is seen by the sanitizer.
        const std::vector<char> bytes(c.line.begin(), c.line.end());
        const std::string_view line(bytes.data(), bytes.size());
        INFO(c.line);
        CHECK(described(verdict_of(line, interpreter, plan, CheckLevel::structure)) ==
              described(c.at_structure));
        CHECK(described(verdict_of(line, interpreter, plan, CheckLevel::full)) ==
              described(c.at_full));
    }
}

const FieldPlan& root_plan() {
    static const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields::root)));
    return plan;
}

std::optional<RejectReason> reason_of(std::string_view line, CheckLevel level) {
    LineTokens tokens;
    return judge_line(line, root_plan(), level, tokens);
}

/// SplitMix64 as a stream: the mutations are the same everywhere.
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t bound) {
        state_ += 0x9e3779b97f4a7c15U;
        return static_cast<std::size_t>(mix64(state_) % bound);
    }

  private:
    std::uint64_t state_;
};

/// A few bytes replaced, removed, repeated or put in, mostly bytes that mean something to JSON.
std::string mutated(std::string line, Draws& draws) {
    constexpr std::string_view kBytes =
        "{}[]:,\"\\ \t\r0123456789-+.eEutfn/\x01\x7f\xC3\xA9\xED\xA0\xF0";
    const std::size_t edits = 1 + draws.below(3);
    for (std::size_t i = 0; i < edits && !line.empty(); ++i) {
        const std::size_t at = draws.below(line.size());
        const char byte = kBytes[draws.below(kBytes.size())];
        switch (draws.below(4)) {
            case 0:
                line[at] = byte;
                break;
            case 1:
                line.erase(at, 1 + draws.below(3));
                break;
            case 2:
                line.insert(at, 1, byte);
                break;
            default:
                line.insert(at, line.substr(at, draws.below(6)));
                break;
        }
    }
    return line;
}

constexpr std::array<std::string_view, 4> kSamples{
    R"({"ts":1468244385,"uid":"u1","a":[1,-2.5e+3,true,false,null,"\u00e9\n"],"b":{"c":{}}})",
    "{ \"uid\" : \"\xD0\xBF\xF0\x9F\x98\x80\" , \"x\":{\"ts\":[],\"uid\":[{},[]]}, "
    "\"ts\":\"1468244385\" }\r",
    R"({"t\u0073":0,"ts":-1.0,"u\"\\":["\\\"","\ud83d\ude00"],"uid":12,"n":null})",
    R"({"a":[[[{"b":[{"c":1}]}]]],"uid":"","ts":1e2,"":{"":""}})",
};

}  // namespace

TEST_CASE("every line of the table has its verdict at both levels: root fields") {
    check_table(line_cases::Fields::root);
}

TEST_CASE("every line of the table has its verdict at both levels: pointers") {
    check_table(line_cases::Fields::pointer);
}

TEST_CASE("every line of the table has its verdict at both levels: dotted paths") {
    check_table(line_cases::Fields::dotted);
}

TEST_CASE("the tokens are views into the line, without the blanks around them") {
    const std::string line = R"({"ts" : 14 , "uid" : "u\n1" })";
    LineTokens tokens;
    REQUIRE_FALSE(judge_line(line, root_plan(), CheckLevel::structure, tokens).has_value());
    CHECK(tokens == LineTokens{"14", R"("u\n1")"});
    CHECK(tokens[0].data() == line.data() + 8);
}

TEST_CASE("of an object or array only the bracket is the token") {
    LineTokens tokens;
    REQUIRE_FALSE(judge_line(R"({"ts":{"a":[]},"uid":[1]})", root_plan(), CheckLevel::full, tokens)
                      .has_value());
    CHECK(tokens == LineTokens{"{", "["});
}

TEST_CASE("tokens of the line before are forgotten") {
    LineTokens tokens{"old", "old", "old"};
    REQUIRE_FALSE(
        judge_line(R"({"uid":1})", root_plan(), CheckLevel::structure, tokens).has_value());
    CHECK(tokens == LineTokens{"", "1"});
}

TEST_CASE("a line feed inside a line is a control character") {
    CHECK(reason_of("{\n}", CheckLevel::structure) == RejectReason::control_character);
    CHECK(reason_of("{\"a\":[\n]}", CheckLevel::full) == RejectReason::control_character);
}

TEST_CASE("only space, tab and CR are blank") {
    CHECK(is_blank(""));
    CHECK(is_blank(" \t\r "));
    for (const std::string_view line : {"\v", "\f", " x", "\xC2\xA0", "\xEF\xBB\xBF"}) {
        CHECK_FALSE(is_blank(line));
    }
    CHECK_FALSE(is_blank(std::string_view("\0", 1)));
}

TEST_CASE("what is good at full is good at structure, with the same tokens") {
    Draws draws(1);
    std::size_t good = 0;
    for (int i = 0; i < 200'000; ++i) {
        const std::string line =
            mutated(std::string(kSamples[draws.below(kSamples.size())]), draws);
        LineTokens at_full;
        LineTokens at_structure;
        if (judge_line(line, root_plan(), CheckLevel::full, at_full)) continue;
        ++good;
        INFO(line);
        REQUIRE_FALSE(
            judge_line(line, root_plan(), CheckLevel::structure, at_structure).has_value());
        REQUIRE(at_full == at_structure);
    }
    CHECK(good > 10'000);  // else the mutations are too wild to say anything
}

TEST_CASE("the first offending byte decides: what comes behind it does not matter") {
    Draws draws(2);
    for (int i = 0; i < 20'000; ++i) {
        const std::string line =
            mutated(std::string(kSamples[draws.below(kSamples.size())]), draws);
        for (const CheckLevel level : {CheckLevel::structure, CheckLevel::full}) {
            const auto reason = reason_of(line, level);
            if (!reason || *reason == RejectReason::truncated ||
                *reason == RejectReason::not_an_object) {
                continue;
            }
            // The shortest prefix that is no longer merely truncated has the same reason.
            std::size_t length = 1;
            while (is_blank(line.substr(0, length)) ||
                   reason_of(line.substr(0, length), level).value_or(RejectReason::truncated) ==
                       RejectReason::truncated ||
                   reason_of(line.substr(0, length), level) == RejectReason::not_an_object) {
                ++length;
            }
            INFO(line);
            CHECK(reason_of(line.substr(0, length), level) == reason);
        }
    }
}

TEST_CASE("full agrees with simdjson's DOM wherever the DOM has no limits of its own") {
    Draws draws(3);
    simdjson::dom::parser parser;
    std::size_t good = 0;
    std::size_t bad = 0;
    for (int i = 0; i < 300'000; ++i) {
        const std::string line =
            mutated(std::string(kSamples[draws.below(kSamples.size())]), draws);
        if (is_blank(line)) continue;
        const auto reason = reason_of(line, CheckLevel::full);
        const bool is_json = !reason || *reason == RejectReason::not_an_object;
        const simdjson::error_code error = parser.parse(line).error();
        // Unpaired surrogates are STRING_ERROR to it, numbers out of a double's range NUMBER_ERROR.
        const bool its_limit =
            is_json && (error == simdjson::STRING_ERROR || error == simdjson::NUMBER_ERROR);
        if (its_limit) continue;
        INFO(line);
        REQUIRE(is_json == (error == simdjson::SUCCESS));
        ++(is_json ? good : bad);
    }
    CHECK(good > 10'000);
    CHECK(bad > 100'000);
}

TEST_CASE("full agrees with simdjson's DOM on the table") {
    simdjson::dom::parser parser;
    for (const line_cases::LineCase& c : line_cases::all_line_cases()) {
        const auto reason = reason_of(c.line, CheckLevel::full);
        if (reason == RejectReason::too_deep) continue;
        const bool is_json = !reason || *reason == RejectReason::not_an_object;
        const simdjson::error_code error = parser.parse(c.line).error();
        const bool its_limit = is_json && error != simdjson::SUCCESS;
        if (its_limit) {
            INFO(c.line);
            CHECK((error == simdjson::STRING_ERROR || error == simdjson::NUMBER_ERROR ||
                   error == simdjson::DEPTH_ERROR));
            continue;
        }
        // The DOM parser of release 3.0 skips a byte order mark or not, as the version has it.
        if (c.line.substr(0, 3) == "\xEF\xBB\xBF") continue;
        INFO(c.line);
        CHECK(is_json == (error == simdjson::SUCCESS));
    }
}
