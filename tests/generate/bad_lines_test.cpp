#include "generate/bad_lines.hpp"

#include <algorithm>
#include <array>

#include "catch2.hpp"
#include "dump_reader.hpp"
#include "generate/text_append.hpp"

using namespace stream_analyzer;

namespace {

// 15 kinds of four variants each.
constexpr int kAllBadLines = 60;

LineClass expected_kind(const DumpTruth& truth) {
    if (truth.blank > 0) return LineClass::blank;
    if (truth.anonymous > 0) return LineClass::anonymous;
    const auto reason = std::ranges::find(truth.rejects, 1U) - truth.rejects.begin();
    switch (static_cast<RejectReason>(reason)) {
        case RejectReason::not_an_object:
            return LineClass::not_an_object;
        case RejectReason::missing_time:
            return LineClass::missing_time;
        case RejectReason::missing_id:
            return LineClass::missing_id;
        case RejectReason::wrong_type_of_time:
            return LineClass::wrong_type_of_time;
        case RejectReason::unparsable_time:
            return LineClass::unparsable_time;
        case RejectReason::time_out_of_range:
            return LineClass::time_out_of_range;
        case RejectReason::wrong_type_of_id:
            return LineClass::wrong_type_of_id;
        default:
            return LineClass::refused;
    }
}

/// Open brackets less closed ones, outside of strings; the line has no escapes.
int open_brackets(std::string_view line) {
    int open = 0;
    bool in_string = false;
    for (const char c : line) {
        if (c == '"') in_string = !in_string;
        if (in_string) continue;
        if (c == '{' || c == '[') ++open;
        if (c == '}' || c == ']') --open;
    }
    return open;
}

/// What makes the line refusable is the thing that its reason names.
bool shows(RejectReason reason, std::string_view line) {
    const bool control = std::ranges::any_of(line, [](char c) { return c >= 0 && c < 0x20; });
    const bool utf8 = simdjson::validate_utf8(line.data(), line.size());
    const auto brackets = std::ranges::count_if(line, [](char c) { return c == '{' || c == '['; });
    const bool closed = open_brackets(line) == 0;
    if (reason == RejectReason::control_character) return control && utf8 && closed;
    if (reason == RejectReason::invalid_utf8) return !control && !utf8 && closed;
    if (control || !utf8) return false;
    if (reason == RejectReason::too_deep) return brackets > 1'024 && closed;
    if (reason == RejectReason::truncated) return brackets < 10 && open_brackets(line) > 0;
    if (reason == RejectReason::trailing_bytes) {
        // Some prefix is a whole object.
        for (std::size_t size = 2; size < line.size(); ++size) {
            simdjson::dom::parser parser;
            const simdjson::padded_string prefix(line.substr(0, size));
            if (line[size - 1] == '}' && parser.parse(prefix).error() == simdjson::SUCCESS) {
                return true;
            }
        }
        return false;
    }
    return reason == RejectReason::not_json && closed;
}

}  // namespace

TEST_CASE("every bad line is bad for the reason that it is counted under, and for no other") {
    for (const DumpShape shape : {DumpShape::wide, DumpShape::narrow, DumpShape::nested}) {
        GenerateOptions options;
        options.shape = shape;
        BadLines bad_lines(options);
        DumpReader reader(shape);
        for (int i = 0; i < kAllBadLines; ++i) {
            DumpTruth truth;
            std::array<char, kMaxLine_bytes> buffer{};
            const Event event{5, options.start_s * 1'000 + 1'250, 5};
            const char* const end = bad_lines.append_next(buffer.data(), event, truth);
            const std::string_view line(buffer.data(), end);
            const LineClass kind = expected_kind(truth);
            INFO(line);
            CHECK(line.find('\n') == std::string_view::npos);
            CHECK(reader.read(line).kind == kind);
            if (kind == LineClass::refused) {
                const auto reason = std::ranges::find(truth.rejects, 1U) - truth.rejects.begin();
                CHECK(shows(static_cast<RejectReason>(reason), line));
            }
        }
    }
}

TEST_CASE("the rotation meets every kind but the overlong line four times in sixty") {
    BadLines bad_lines{GenerateOptions{}};
    DumpTruth truth;
    std::array<char, kMaxLine_bytes> buffer{};
    for (int i = 0; i < kAllBadLines; ++i) {
        (void)bad_lines.append_next(buffer.data(), Event{}, truth);
    }
    CHECK(truth.blank == 4);
    CHECK(truth.anonymous == 4);
    for (std::size_t reason = 0; reason < kRejectReasons; ++reason) {
        const bool overlong = static_cast<RejectReason>(reason) == RejectReason::line_too_long;
        CHECK(truth.rejects[reason] == (overlong ? 0U : 4U));
    }
}

TEST_CASE("bad lines are the share asked for of all lines") {
    GenerateOptions options;
    options.corrupt_share_ppm = 200'000;  // one in five: one after every four records
    const BadLines bad_lines(options);
    CHECK(bad_lines.due_after(3) == 0);
    CHECK(bad_lines.due_after(4) == 1);
    CHECK(bad_lines.due_after(4'000) == 1'000);
    options.corrupt_share_ppm = 0;
    CHECK(BadLines(options).due_after(1'000'000) == 0);
}
