#include "dump_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "catch2.hpp"
#include "generate/generate.hpp"

namespace stream_analyzer {

namespace {

struct KeepingSink : DumpSink {
    std::string text;
    std::uint64_t lines = 0;

    void write(std::string_view bytes, std::uint64_t more_lines) override {
        text += bytes;
        lines += more_lines;
    }
};

using Element = std::optional<simdjson::dom::element>;

/// The last member of that name.
Element last_member(const Element& value, std::string_view key) {
    Element found;
    simdjson::dom::object object;
    if (!value || value->get(object) != simdjson::SUCCESS) return found;
    for (const auto member : object) {
        if (member.key == key) found = member.value;
    }
    return found;
}

std::optional<std::int64_t> seconds_from_iso8601(std::string_view text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    char rest[8] = {};
    if (std::sscanf(std::string(text).c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%7s", &year, &month, &day,
                    &hour, &minute, &second, rest) != 7 ||
        text.back() != 'Z') {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    if (!date.ok() || hour > 23) return std::nullopt;
    const auto days = std::chrono::sys_days{date}.time_since_epoch().count();
    return days * std::int64_t{86'400} + (hour * 60 + minute) * std::int64_t{60} + second;
}

std::optional<std::int64_t> seconds_from_digits(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

LineClass read_time(const simdjson::dom::element& element, DumpShape shape, std::int64_t& time_s) {
    constexpr std::int64_t kFirst_s = -62'135'596'800;
    constexpr std::int64_t kEnd_s = 253'402'300'800;
    std::string_view text;
    if (element.get(text) == simdjson::SUCCESS) {
        const auto parsed =
            shape == DumpShape::nested ? seconds_from_iso8601(text) : seconds_from_digits(text);
        if (!parsed) return LineClass::unparsable_time;
        time_s = *parsed;
    } else if (shape == DumpShape::nested || element.get(time_s) != simdjson::SUCCESS) {
        return LineClass::wrong_type_of_time;
    }
    return time_s < kFirst_s || time_s >= kEnd_s ? LineClass::time_out_of_range : LineClass::record;
}

}  // namespace

GeneratedDump generate_text(const GenerateOptions& options) {
    KeepingSink sink;
    DumpTruth truth = generate_dump(options, sink);
    CHECK(sink.lines == truth.lines);
    return {std::move(sink.text), std::move(truth)};
}

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        REQUIRE(end != std::string_view::npos);
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

ReadLine DumpReader::read(std::string_view line) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return {LineClass::blank, 0, {}};
    simdjson::dom::element root;
    if (parser_.parse(line.data(), line.size()).get(root) != simdjson::SUCCESS) {
        return {LineClass::refused, 0, {}};
    }
    if (!root.is_object()) return {LineClass::not_an_object, 0, {}};

    const bool nested = shape_ == DumpShape::nested;
    const Element time =
        nested ? last_member(last_member(root, "event"), "time") : last_member(root, "ts");
    const Element id =
        nested ? last_member(last_member(root, "user"), "id") : last_member(root, "uid");
    if (!time) return {LineClass::missing_time, 0, {}};
    if (!id) return {LineClass::missing_id, 0, {}};
    ReadLine read;
    read.kind = read_time(*time, shape_, read.time_s);
    if (read.kind != LineClass::record) return read;
    std::string_view text;
    if (id->is_null()) {
        read.kind = LineClass::anonymous;
    } else if (id->get(text) != simdjson::SUCCESS) {
        read.kind = LineClass::wrong_type_of_id;
    } else {
        read.id = text;
    }
    return read;
}

CountedDump count_dump(std::string_view text, DumpShape shape) {
    CountedDump counted;
    DumpReader reader(shape);
    std::map<std::int64_t, std::pair<std::uint64_t, std::set<std::string>>> minutes;
    for (const std::string_view line : split_lines(text)) {
        const ReadLine read = reader.read(line);
        ++counted.lines[read.kind];
        if (read.kind != LineClass::record) continue;
        counted.times_s.push_back(read.time_s);
        counted.ids.insert(read.id);
        auto& [records, ids] = minutes[read.time_s / 60 - (read.time_s % 60 < 0 ? 1 : 0)];
        ++records;
        ids.insert(read.id);
    }
    for (const auto& [minute, window] : minutes) {
        counted.windows.push_back(
            {WindowTime{std::chrono::minutes{minute}}, window.first, window.second.size()});
    }
    return counted;
}

}  // namespace stream_analyzer
