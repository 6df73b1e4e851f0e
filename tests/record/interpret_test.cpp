#include "record/interpret.hpp"

#include "catch2.hpp"
#include "core/error.hpp"
#include "record/judge_line.hpp"

using namespace stream_analyzer;

namespace {

ReadingRules default_rules() {
    ReadingRules rules;
    rules.time_unit = TimeUnit::seconds;
    return rules;
}

/// A verdict that owns what it shows.
struct Seen {
    LineKind kind;
    RejectReason reason;
    std::int64_t time_us;
    std::string id;
};

Seen read(const ReadingRules& rules, std::string_view line) {
    const FieldPlan plan(wanted_fields(rules));
    Interpreter interpreter(rules, plan);
    LineTokens tokens;
    REQUIRE_FALSE(judge_line(line, plan, CheckLevel::structure, tokens).has_value());
    const Verdict verdict = interpreter.interpret(tokens);
    return {verdict.kind, verdict.reason, verdict.time.time_since_epoch().count(),
            std::string(verdict.id)};
}

LineKind kind_with_where(std::initializer_list<const char*> clauses, std::string_view line) {
    ReadingRules rules = default_rules();
    for (const char* clause : clauses)
        rules.where.push_back(WhereClause::parse(clause));
    return read(rules, line).kind;
}

EventTime at_second(std::int64_t second) {
    return EventTime{std::chrono::seconds{second}};
}

}  // namespace

TEST_CASE("a condition splits at its first equals sign") {
    const WhereClause equal = WhereClause::parse("country=CH");
    CHECK(equal.path.text == "country");
    CHECK(equal.value == "CH");
    CHECK(equal.equal);
    const WhereClause unequal = WhereClause::parse("/a/b!=x=y!=z");
    CHECK(unequal.path.text == "/a/b");
    CHECK(unequal.value == "x=y!=z");
    CHECK_FALSE(unequal.equal);
    CHECK(WhereClause::parse("a=b!=c").value == "b!=c");
    CHECK(WhereClause::parse("a=").value.empty());
    CHECK(WhereClause::parse("a==b").value == "=b");
    for (const char* text : {"", "a", "a!b", "=x", "!=x", "/~2=x"}) {
        INFO(text);
        CHECK_THROWS_AS(WhereClause::parse(text), UsageError);
    }
}

TEST_CASE("a condition compares the text of a scalar") {
    const char* const line =
        R"({"ts":1,"uid":"u","s":"x","e":"\u0078","n":12,"f":1.0,"b":true,"z":null,"o":{},"q":""})";
    for (const char* clause :
         {"s=x", "e=x", "n=12", "f=1.0", "b=true", "z=null", "q=", "s!=y", "f!=1", "o!=x", "o!={",
          "absent!=x", "absent!=", "uid=u", "ts=1", "/s=x"}) {
        INFO(clause);
        CHECK(kind_with_where({clause}, line) == LineKind::record);
    }
    for (const char* clause : {"s=y", "s=X", "s=\"x\"", "n=12.0", "f=1", "b=1", "z=", "o=", "o={",
                               "absent=", "absent=null", "s!=x", "e!=x", "z!=null", "uid!=u"}) {
        INFO(clause);
        CHECK(kind_with_where({clause}, line) == LineKind::filtered);
    }
    CHECK(kind_with_where({"s=x", "n=12"}, line) == LineKind::record);
    CHECK(kind_with_where({"s=x", "n=13"}, line) == LineKind::filtered);
}

TEST_CASE("a condition may ask for nested and for dotted fields") {
    const char* const line = R"({"ts":1,"uid":"u","a":{"b":"x"},"c.d":"y","c":{"d":"z"}})";
    CHECK(kind_with_where({"/a/b=x", "a.b=x", "c.d=y", "/c/d=z", "/c.d=y"}, line) ==
          LineKind::record);
    CHECK(kind_with_where({"c.d=z"}, line) == LineKind::filtered);
}

TEST_CASE("a text that no UTF-8 can say equals nothing") {
    const char* const line = R"({"ts":1,"uid":"u","s":"\ud800"})";
    CHECK(kind_with_where({"s=\\ud800"}, line) == LineKind::filtered);
    CHECK(kind_with_where({"s!=x"}, line) == LineKind::record);
}

TEST_CASE("conditions go before everything but bad bytes") {
    ReadingRules rules = default_rules();
    rules.where.push_back(WhereClause::parse("s=x"));
    CHECK(read(rules, R"({})").kind == LineKind::filtered);
    CHECK(read(rules, R"({"s":"y","uid":true})").kind == LineKind::filtered);
    CHECK(read(rules, R"({"s":"x","uid":true})").reason == RejectReason::missing_time);
    CHECK(read(rules, R"({"s":"y","uid":01})").reason == RejectReason::not_json);
    CHECK(read(rules, R"({"s":tru,"uid":"u","ts":1})").reason == RejectReason::not_json);
    CHECK(read(rules, R"({"s":"x","uid":"u","ts":1})").kind == LineKind::record);
}

TEST_CASE("since is inclusive and until is exclusive, to the microsecond") {
    ReadingRules rules = default_rules();
    rules.since = at_second(10);
    rules.until = at_second(20);
    CHECK(read(rules, R"({"ts":10,"uid":"u"})").kind == LineKind::record);
    CHECK(read(rules, R"({"ts":9.9999999,"uid":"u"})").kind == LineKind::filtered);
    CHECK(read(rules, R"({"ts":19.9999999,"uid":"u"})").kind == LineKind::record);
    CHECK(read(rules, R"({"ts":20,"uid":"u"})").kind == LineKind::filtered);
    CHECK(read(rules, R"({"ts":"1970-01-01T00:00:20Z","uid":"u"})").kind == LineKind::filtered);
    // The order: an unreadable time is a reject, an id is not asked for outside of the population.
    CHECK(read(rules, R"({"ts":"never","uid":"u"})").kind == LineKind::reject);
    CHECK(read(rules, R"({"ts":5,"uid":true})").kind == LineKind::filtered);
    CHECK(read(rules, R"({"ts":5,"uid":null})").kind == LineKind::filtered);
    CHECK(read(rules, R"({"ts":5})").reason == RejectReason::missing_id);
}

TEST_CASE("a null id is what the policy says") {
    ReadingRules rules = default_rules();
    const char* const line = R"({"ts":7,"uid":null})";
    CHECK(read(rules, line).kind == LineKind::anonymous);
    CHECK(read(rules, line).time_us == 7'000'000);
    rules.null_id = NullIdPolicy::count;
    CHECK(read(rules, line).kind == LineKind::anonymous);
    rules.null_id = NullIdPolicy::reject;
    CHECK(read(rules, line).kind == LineKind::reject);
    CHECK(read(rules, line).reason == RejectReason::wrong_type_of_id);
}

TEST_CASE("one field may be the time and the id") {
    ReadingRules rules = default_rules();
    rules.id_field = rules.time_field;
    const Seen seen = read(rules, R"({"ts":1468244385})");
    CHECK(seen.kind == LineKind::record);
    CHECK(seen.time_us == 1'468'244'385'000'000);
    CHECK(seen.id == "1468244385");
}

TEST_CASE("an id spelled with escapes is in the scratch until the next call") {
    const ReadingRules rules = default_rules();
    const FieldPlan plan(wanted_fields(rules));
    Interpreter interpreter(rules, plan);
    const Verdict escaped = interpreter.interpret(LineTokens{"1", R"("\u0075")"});
    CHECK(escaped.id_is_in_scratch);
    CHECK(escaped.id == "u");
    CHECK_FALSE(interpreter.interpret(LineTokens{"1", R"("u")"}).id_is_in_scratch);
    CHECK_FALSE(interpreter.interpret(LineTokens{"1", "12"}).id_is_in_scratch);
}

TEST_CASE("a time without an offset is marked for the report") {
    const ReadingRules rules = default_rules();
    const FieldPlan plan(wanted_fields(rules));
    Interpreter interpreter(rules, plan);
    CHECK(interpreter.interpret(LineTokens{R"("2016-07-11T13:39:45")", R"("u")"}).without_offset);
    CHECK(interpreter.interpret(LineTokens{R"("2016-07-11T13:39:45")", "1"}).without_offset);
    CHECK_FALSE(
        interpreter.interpret(LineTokens{R"("2016-07-11T13:39:45Z")", R"("u")"}).without_offset);
}

TEST_CASE("conditions change no verdict of the lines they keep") {
    ReadingRules with_where = default_rules();
    with_where.where.push_back(WhereClause::parse("absent!=x"));
    for (const char* line :
         {R"({"ts":1,"uid":"u"})", R"({"ts":"5","uid":12})", R"({"ts":-1.5,"uid":""})",
          R"({"ts":null,"uid":"u"})", R"({"ts":1,"uid":null})", R"({"ts":1e99,"uid":"u"})",
          R"({"ts":"2016-07-11T13:39:45Z","uid":"\n"})", R"({"ts":1,"uid":1.5})"}) {
        INFO(line);
        const Seen plain = read(default_rules(), line);
        const Seen kept = read(with_where, line);
        CHECK(plain.kind == kept.kind);
        CHECK(plain.reason == kept.reason);
        CHECK(plain.time_us == kept.time_us);
        CHECK(plain.id == kept.id);
    }
}

TEST_CASE("an unknown time zone is a usage error of the interpreter") {
    ReadingRules rules = default_rules();
    rules.assume_timezone = "Nowhere/Land";
    const FieldPlan plan(wanted_fields(rules));
    CHECK_THROWS_AS(Interpreter(rules, plan), UsageError);
}
