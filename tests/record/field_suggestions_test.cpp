#include "record/field_suggestions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "catch2.hpp"
#include "record/field_path.hpp"

using namespace stream_analyzer;

namespace {

FieldSuggestions suggest(const std::vector<std::string>& lines) {
    const std::vector<std::string_view> views(lines.begin(), lines.end());
    return suggest_fields(views);
}

std::vector<std::string> paths(const std::vector<FieldSuggestion>& suggestions) {
    std::vector<std::string> result;
    for (const FieldSuggestion& suggestion : suggestions)
        result.push_back(suggestion.path);
    return result;
}

/// `shape` with {0} a number that grows and {1} one of 37 users.
std::vector<std::string> lines_like(const char* shape, int count = 200) {
    std::vector<std::string> lines;
    for (int i = 0; i < count; ++i)
        lines.push_back(fmt::format(fmt::runtime(shape), i, i % 37));
    return lines;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("nested times and ids are found and spelled as pointers") {
    const auto found = suggest(lines_like(
        R"({{"event":{{"time":"2016-07-11T13:39:45.{0:03}Z","kind":"click"}},"user":{{"id":"u{1}"}},"n":{0}}})"));
    REQUIRE_FALSE(found.times.empty());
    REQUIRE_FALSE(found.ids.empty());
    CHECK(found.times[0].path == "/event/time");
    CHECK(found.times[0].share_of_lines == 1.0);
    CHECK(found.times[0].example == "2016-07-11T13:39:45.000Z");
    CHECK(found.ids[0].path == "/user/id");
    CHECK(found.ids[0].share_of_lines == 1.0);
    CHECK(found.times.size() == 1);
}

TEST_CASE("an id's value is never shown") {
    const auto found =
        suggest(lines_like(R"({{"t":1468244385,"mail":"someone{1}@example.org","user_id":{1}}})"));
    REQUIRE(found.ids.size() >= 2);
    for (const FieldSuggestion& id : found.ids)
        CHECK(id.example.empty());
}

TEST_CASE("times of every unit and in strings are times, other numbers are not") {
    const auto found = suggest(lines_like(
        R"({{"a":1468244385,"b":1468244385123,"c":"1468244385123456","d":1468244385123456789,)"
        R"("e":1.468244385e9,"f":12,"g":99999999999,"h":"2016-07-11","i":-1468244385,"j":true}})"));
    Paths times = paths(found.times);
    std::sort(times.begin(), times.end());
    CHECK(times == Paths{"a", "b", "c", "d", "e"});
}

TEST_CASE("names decide among equals") {
    const auto found = suggest(lines_like(
        R"({{"request_id":"r{0}","zz":1468244385,"userId":"u{1}","session":"s{1}","received":1468244385,)"
        R"("eventTime":1468244385,"created_at":1468244385,"note":"text {0}"}})"));
    REQUIRE(found.times.size() == 4);
    CHECK(found.times[0].path == "eventTime");
    CHECK(found.times[1].path == "created_at");
    CHECK(paths(found.ids) == Paths{"userId", "session", "request_id", "note"});
}

TEST_CASE("an id that could be an epoch is an id by its name") {
    const auto found = suggest(lines_like(R"({{"uid":14682{0:05},"when":1468244385}})"));
    CHECK(paths(found.ids) == Paths{"uid"});
    CHECK(paths(found.times) == Paths{"when"});
}

TEST_CASE("fields that most lines have go before rare ones") {
    std::vector<std::string> lines = lines_like(R"({{"time":1468244385,"user":"u{1}"}})", 30);
    const std::vector<std::string> more =
        lines_like(R"({{"ts2":1468244385,"member":"u{1}"}})", 170);
    lines.insert(lines.end(), more.begin(), more.end());
    const auto found = suggest(lines);
    REQUIRE(found.ids.size() == 2);
    CHECK(found.ids[0].path == "member");
    CHECK(found.ids[0].share_of_lines == Approx(0.85));
    CHECK(found.ids[1].share_of_lines == Approx(0.15));
}

TEST_CASE("a suggested path is read back as the place where it was found") {
    const auto found = suggest(lines_like(
        R"({{"a.b":{{"/x~":"2016-07-11T13:39:45Z"}},"user.id":"u{1}","":{{"":{{"uid":"v{1}"}}}}}})"));
    REQUIRE(found.times.size() == 1);
    CHECK(FieldPath::parse(found.times[0].path).keys == Paths{"a.b", "/x~"});
    REQUIRE(found.ids.size() == 2);
    Paths ids = paths(found.ids);
    std::sort(ids.begin(), ids.end());
    CHECK(ids == Paths{"///uid", "/user.id"});
}

TEST_CASE("constants, booleans, fractions, long texts and arrays are no good ids") {
    const auto found = suggest(lines_like(R"({{"v":1,"b":true,"f":{0}.5,"text":")"
                                          R"({0:0200})"
                                          R"(","list":["u{1}"],"who":"u{1}"}})"));
    REQUIRE_FALSE(found.ids.empty());
    CHECK(found.ids[0].path == "who");
    for (const FieldSuggestion& id : found.ids) {
        CHECK((id.path == "who" || id.path == "v"));
    }
}

TEST_CASE("lines that are no objects are passed over") {
    const auto found = suggest({"", "[1]", "12", "not json", R"({"ts":1468244385,"uid":"u1"})"});
    REQUIRE(found.times.size() == 1);
    CHECK(found.times[0].share_of_lines == 1.0);
    CHECK(suggest({}).times.empty());
    CHECK(suggest({"x"}).ids.empty());
}

TEST_CASE("a member that comes twice counts once") {
    const auto found = suggest({R"({"ts":1468244385,"ts":1468244385,"uid":"u1"})"});
    REQUIRE(found.times.size() == 1);
    CHECK(found.times[0].share_of_lines == 1.0);
}

TEST_CASE("at most five of each kind are suggested") {
    const auto found = suggest(lines_like(
        R"({{"a":"x{1}","b":"x{1}","c":"x{1}","d":"x{1}","e":"x{1}","f":"x{1}","g":"x{1}"}})"));
    CHECK(found.ids.size() == kMaxSuggestions);
}
