#include "generate/wide_lines.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "catch2.hpp"
#include "dump_reader.hpp"

using namespace stream_analyzer;

namespace {

/// A dump large enough for everything that is rare.
const GeneratedDump& wide_dump() {
    static const GeneratedDump dump = [] {
        GenerateOptions options;
        options.records = 2'000;
        return generate_text(options);
    }();
    return dump;
}

struct Field {
    std::string_view name;
    std::size_t member = 0;  ///< its place among the root's members
    std::size_t members = 0;
};

/// The root's own uid and ts, in the order in which they stand.
std::vector<Field> root_fields(const simdjson::dom::object& root) {
    std::vector<Field> fields;
    std::size_t place = 0;
    for (const auto member : root) {
        if (member.key == "uid") fields.push_back({"uid", place, root.size()});
        if (member.key == "ts") fields.push_back({"ts", place, root.size()});
        ++place;
    }
    return fields;
}

bool has_nested_field(const simdjson::dom::element& value, std::string_view name,
                      simdjson::dom::element_type type) {
    simdjson::dom::object object;
    if (value.get(object) == simdjson::SUCCESS) {
        return std::ranges::any_of(object, [&](const auto& member) {
            return (member.key == name && member.value.type() == type) ||
                   has_nested_field(member.value, name, type);
        });
    }
    simdjson::dom::array array;
    if (value.get(array) != simdjson::SUCCESS) return false;
    return std::ranges::any_of(
        array, [&](const auto& element) { return has_nested_field(element, name, type); });
}

}  // namespace

TEST_CASE("wide records are about as long as asked for and valid, each field once in the root") {
    simdjson::dom::parser parser;
    std::uint64_t length = 0;
    for (const std::string_view line : split_lines(wide_dump().text)) {
        simdjson::dom::object root;
        REQUIRE(parser.parse(line.data(), line.size()).get(root) == simdjson::SUCCESS);
        const auto fields = root_fields(root);
        REQUIRE(fields.size() == 2);
        REQUIRE(fields[0].name != fields[1].name);
        length += line.size() + 1;
    }
    CHECK(static_cast<double>(length) / 2'000 == Approx(2'080).epsilon(0.02));
}

TEST_CASE("the two fields stand in either order and anywhere in the root") {
    simdjson::dom::parser parser;
    int ts_first = 0;
    int adjacent = 0;
    int very_first = 0;
    int very_last = 0;
    int late_half = 0;
    for (const std::string_view line : split_lines(wide_dump().text)) {
        simdjson::dom::object root;
        REQUIRE(parser.parse(line.data(), line.size()).get(root) == simdjson::SUCCESS);
        const auto fields = root_fields(root);
        ts_first += fields[0].name == "ts" ? 1 : 0;
        adjacent += fields[1].member == fields[0].member + 1 ? 1 : 0;
        very_first += fields[0].member == 0 ? 1 : 0;
        very_last += fields[1].member + 1 == fields[1].members ? 1 : 0;
        late_half += fields[0].member > fields[0].members / 2 ? 1 : 0;
    }
    CHECK(ts_first > 900);
    CHECK(ts_first < 1'100);
    CHECK(adjacent > 1'000);
    CHECK(adjacent < 1'400);
    CHECK(very_first >= 5);
    CHECK(very_last >= 20);
    CHECK(late_half > 100);
}

TEST_CASE("one ts in ten is a string, or the share asked for") {
    GenerateOptions options;
    options.records = 2'000;
    for (const std::uint32_t share_ppm : {kWideStringTimes_ppm, 0U, 500'000U, kWhole_ppm}) {
        if (share_ppm != kWideStringTimes_ppm) options.string_times_ppm = share_ppm;
        const GeneratedDump dump = generate_text(options);
        simdjson::dom::parser parser;
        double strings = 0;
        for (const std::string_view line : split_lines(dump.text)) {
            simdjson::dom::element ts;
            REQUIRE(parser.parse(line.data(), line.size())["ts"].get(ts) == simdjson::SUCCESS);
            strings += ts.is_string() ? 1 : 0;
        }
        // Five standard deviations at most: 5 * sqrt(2,000 / 4) = 112.
        CHECK(std::abs(strings - share_ppm * 2'000.0 / kWhole_ppm) <= 112);
        if (share_ppm == 0) CHECK(strings == 0);
        if (share_ppm == kWhole_ppm) CHECK(strings == 2'000);
    }
}

TEST_CASE("nested objects and arrays reuse the fields' names for ids, times and other things") {
    simdjson::dom::parser parser;
    std::map<std::string, int> records;
    for (const std::string_view line : split_lines(wide_dump().text)) {
        simdjson::dom::object root;
        REQUIRE(parser.parse(line.data(), line.size()).get(root) == simdjson::SUCCESS);
        using simdjson::dom::element_type;
        const auto any = [&](std::string_view name, element_type type, bool in_array) {
            return std::ranges::any_of(root, [&](const auto& member) {
                return member.value.is_array() == in_array &&
                       has_nested_field(member.value, name, type);
            });
        };
        records["uid string"] += any("uid", element_type::STRING, false) ? 1 : 0;
        records["ts number"] += any("ts", element_type::INT64, false) ? 1 : 0;
        records["ts string"] += any("ts", element_type::STRING, false) ? 1 : 0;
        records["uid object"] += any("uid", element_type::OBJECT, false) ? 1 : 0;
        records["uid in array"] += any("uid", element_type::STRING, true) ? 1 : 0;
    }
    CHECK(records["uid string"] > 500);
    CHECK(records["ts number"] > 500);
    CHECK(records["ts string"] > 200);
    CHECK(records["uid object"] > 20);
    CHECK(records["uid in array"] > 20);
}

TEST_CASE("other keys of the root repeat in nearly every record") {
    simdjson::dom::parser parser;
    int repeating = 0;
    for (const std::string_view line : split_lines(wide_dump().text)) {
        simdjson::dom::object root;
        REQUIRE(parser.parse(line.data(), line.size()).get(root) == simdjson::SUCCESS);
        std::set<std::string_view> keys;
        for (const auto member : root)
            keys.insert(member.key);
        repeating += keys.size() < root.size() ? 1 : 0;
    }
    CHECK(repeating > 1'500);
}

TEST_CASE("strings hold every escape, Cyrillic text, brackets and what looks like a field") {
    for (const char* const trap : {R"(\")",
                                   R"(\\)",
                                   R"(\/)",
                                   R"(\b)",
                                   R"(\f)",
                                   R"(\n)",
                                   R"(\r)",
                                   R"(\t)",
                                   R"(\u0000)",
                                   R"(\u001F)",
                                   R"(\u0416)",
                                   R"(\ud83d\udE00)",
                                   R"(\",\"uid\":\")",
                                   R"(\"ts\":)",
                                   R"(\\")",
                                   "ё",
                                   "Пекарня",
                                   R"("UID":)",
                                   R"("uids":)",
                                   R"(" uid":)",
                                   R"("\"ts":)",
                                   R"("uid" : )",
                                   "1e3",
                                   "-0",
                                   "12345678901234567890",
                                   "null"}) {
        INFO(trap);
        CHECK(wide_dump().text.find(trap) != std::string::npos);
    }
}

TEST_CASE("members stay below their limit and none of the pool is a field of the root") {
    const WideMembers members(3);
    REQUIRE(members.all().size() == WideMembers::kMembers);
    for (const std::string& member : members.all()) {
        CHECK(member.size() <= WideMembers::kMaxMember_bytes);
        CHECK_FALSE(member.starts_with("\"uid\""));
        CHECK_FALSE(member.starts_with("\"ts\""));
    }
}

TEST_CASE("wide records can be made small") {
    GenerateOptions options;
    options.records = 20'000;
    options.record_bytes = kMinRecord_bytes;
    const GeneratedDump dump = generate_text(options);
    CHECK(static_cast<double>(dump.text.size()) / 20'000 == Approx(kMinRecord_bytes).epsilon(0.15));
    CHECK(count_dump(dump.text, DumpShape::wide).windows == dump.truth.windows);
}
