#include "generate/nested_lines.hpp"

#include <array>
#include <string>

#include "catch2.hpp"
#include "dump_reader.hpp"

using namespace stream_analyzer;

namespace {

std::string iso8601_of(std::int64_t time_ms) {
    std::array<char, 32> text{};
    return {text.data(), append_iso8601(text.data(), time_ms)};
}

}  // namespace

TEST_CASE("ISO 8601 times have milliseconds and floor before 1970") {
    CHECK(iso8601_of(1'468'244'340'250) == "2016-07-11T13:39:00.250Z");
    CHECK(iso8601_of(0) == "1970-01-01T00:00:00.000Z");
    CHECK(iso8601_of(-1) == "1969-12-31T23:59:59.999Z");
    CHECK(iso8601_of(951'782'400'000) == "2000-02-29T00:00:00.000Z");
    CHECK(iso8601_of(-62'135'596'800'000) == "0001-01-01T00:00:00.000Z");
}

TEST_CASE("nested records are 200 to 300 bytes on average and vary in the order of members") {
    GenerateOptions options;
    options.shape = DumpShape::nested;
    options.records = 2'000;
    const GeneratedDump dump = generate_text(options);
    const double mean = static_cast<double>(dump.text.size()) / 2'000;
    CHECK(mean > 200);
    CHECK(mean < 300);
    int user_first = 0;
    int time_first = 0;
    for (const std::string_view line : split_lines(dump.text)) {
        user_first += line.find(R"("user":{"id":")") < line.find(R"("event":)") ? 1 : 0;
        time_first += line.find(R"("event":{"time":)") != std::string_view::npos ? 1 : 0;
    }
    CHECK(user_first > 800);
    CHECK(user_first < 1'200);
    CHECK(time_first > 800);
    CHECK(time_first < 1'200);
}
