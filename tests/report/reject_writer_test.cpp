#include "report/reject_writer.hpp"

#include <string>

#include "catch2.hpp"
#include "report/json_text.hpp"

using namespace stream_analyzer;

namespace {

std::string written(const std::string& file, std::string_view text) {
    StringSink sink;
    write_reject(file, 12, 3, RejectReason::not_json, text, sink);
    return sink.text();
}

std::string by_the_library(const std::string& file, std::string_view text) {
    const Json reject{
        {"file", file}, {"offset_bytes", 12}, {"line", 3}, {"reason", "not JSON"}, {"text", text}};
    return json_text(reject) + "\n";
}

}  // namespace

TEST_CASE("a reject is one JSON line with its place, reason and text") {
    CHECK(written("a.jsonl", R"({"ts":1 "uid":"\u00e9"})") ==
          R"({"file":"a.jsonl","offset_bytes":12,"line":3,"reason":"not JSON",)"
          R"("text":"{\"ts\":1 \"uid\":\"\\u00e9\"}"})"
          "\n");
}

TEST_CASE("whatever bytes a reject and its file have, the line is the JSON library's") {
    for (unsigned byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const std::string text = "a\"" + std::string(1, static_cast<char>(byte)) + "\\z";
        REQUIRE(written("f", text) == by_the_library("f", text));
        REQUIRE(written(text, "") == by_the_library(text, ""));
    }
    const std::string cut = "caf\u00e9 \u4e16\xe4\xb8";
    REQUIRE(written("f", cut) == by_the_library("f", cut));
}
