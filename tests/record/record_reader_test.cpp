#include "record/record_reader.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "core/hash64.hpp"
#include "line_cases.hpp"

namespace stream_analyzer {
namespace {

// Keeps what the reader hands over.
struct Kept {
    std::vector<Verdict> records;
    std::vector<std::string> ids;
    std::vector<Verdict> anonymous;
    std::vector<RejectedLine> rejects;
    std::vector<std::string> reject_texts;
    std::size_t most_together = 0;

    void take_records(const RecordsOfOneTime& together) {
        most_together = std::max(most_together, together.ids.size());
        for (const std::string_view id : together.ids) {
            take_record(
                {.time = together.time, .id = id, .without_offset = together.without_offset});
        }
    }
    void take_record(const Verdict& verdict) {
        records.push_back(verdict);
        ids.emplace_back(verdict.id);
    }
    void take_anonymous(const Verdict& verdict) { anonymous.push_back(verdict); }
    void take_reject(const RejectedLine& line) {
        rejects.push_back(line);
        reject_texts.emplace_back(line.text);
    }
};

struct Reading {
    Kept kept;
    LineCounts counts;
};

Reading read(const ReadingRules& rules, std::string bytes, std::uint64_t offset_bytes = 0,
             std::size_t max_line_bytes = kDefaultMaxLine_bytes) {
    const std::size_t size = bytes.size();
    bytes.append(kChunkPadding_bytes, '"');
    Chunk chunk;
    chunk.offset_bytes = offset_bytes;
    chunk.bytes = std::string_view(bytes).substr(0, size);
    const FieldPlan plan(wanted_fields(rules));
    RecordReader reader(rules, plan, choose_structure_kernel(), max_line_bytes);
    Reading reading;
    reading.counts = reader.read(chunk, reading.kept);
    return reading;
}

ReadingRules plain_rules() {
    ReadingRules rules;
    rules.time_unit = TimeUnit::seconds;
    return rules;
}

void require_expected(const line_cases::LineCase& c, CheckLevel level,
                      const line_cases::Expected& expected) {
    ReadingRules rules = line_cases::rules_for(c.fields);
    rules.check = level;
    CAPTURE(c.line, level == CheckLevel::full);
    // Twice in one chunk: the first must leave nothing behind for the second.
    const Reading reading = read(rules, c.line + "\n" + c.line);
    REQUIRE(reading.counts.lines == 2);
    if (expected.kind == LineKind::reject) {
        REQUIRE(reading.kept.rejects.size() == 2);
        REQUIRE(reading.kept.rejects[1].reason == expected.reason);
        REQUIRE(reading.counts.rejects[static_cast<std::size_t>(expected.reason)] == 2);
        REQUIRE(reading.kept.reject_texts[1] == c.line);
    } else if (expected.kind == LineKind::record) {
        REQUIRE(reading.kept.ids == std::vector<std::string>{expected.id, expected.id});
        REQUIRE(reading.kept.records[1].time.time_since_epoch().count() == expected.time_us);
        REQUIRE(reading.counts.records == 2);
    } else {
        REQUIRE(expected.kind == LineKind::anonymous);
        REQUIRE(reading.counts.anonymous == 2);
    }
}

TEST_CASE("every line of the table has its verdict at both levels") {
    for (const line_cases::LineCase& c : line_cases::all_line_cases()) {
        require_expected(c, CheckLevel::structure, c.at_structure);
        require_expected(c, CheckLevel::full, c.at_full);
    }
}

TEST_CASE("lines are the sum of what became of them, and rejects are located") {
    ReadingRules rules = plain_rules();
    rules.where.push_back(WhereClause::parse("kind!=bot"));
    const std::string bytes =
        "{\"ts\":1,\"uid\":\"a\"}\n"                   // record
        "\n \t\r\n"                                    // two blanks
        "{\"ts\":1,\"uid\":null}\n"                    // anonymous
        "{\"ts\":1,\"uid\":\"b\",\"kind\":\"bot\"}\n"  // filtered
        "{\"ts\":1}\n"                                 // missing id
        "nonsense";                                    // not JSON, without a line feed
    const Reading reading = read(rules, bytes, 1000);
    const LineCounts& counts = reading.counts;
    REQUIRE(counts.lines == 7);
    REQUIRE(counts.records == 1);
    REQUIRE(counts.blank == 2);
    REQUIRE(counts.anonymous == 1);
    REQUIRE(counts.filtered == 1);
    REQUIRE(counts.all_rejects() == 2);
    REQUIRE(reading.kept.rejects[0].reason == RejectReason::missing_id);
    REQUIRE(reading.kept.rejects[0].line == 5);
    REQUIRE(reading.kept.rejects[0].offset_bytes == 1000 + bytes.find("{\"ts\":1}\n"));
    REQUIRE(reading.kept.rejects[1].reason == RejectReason::not_json);
    REQUIRE(reading.kept.rejects[1].line == 6);
    REQUIRE(reading.kept.rejects[1].offset_bytes == 1000 + bytes.find("nonsense"));
}

// Lines of every kind, often with the time of the line ahead; some not UTF-8, or all.
std::string mixed_dump(std::uint64_t seed, bool is_utf8) {
    const std::vector<std::string> ids{"\"a\"",
                                       "\"user 2\" ",
                                       "12",
                                       "\"\\u0061\"",
                                       "null",
                                       "\"a\\\"b\"",
                                       "1.5",
                                       "{\"a\":1}",
                                       "\"\"",
                                       is_utf8 ? "true" : "\"\xff\"",
                                       "\"long-long-long-long-long-id\""};
    const std::vector<std::string> odd{"", " ", "[]", "{\"ts\":1",
                                       "{\"ts\":5,\"ts\":20,\"uid\":1}"};
    std::string dump;
    std::uint64_t time = 1'468'244'340;
    for (int line = 0; line < 2000; ++line) {
        const auto draw = [&seed](std::uint64_t limit) {
            seed = mix64(seed + 0x9e3779b97f4a7c15U);
            return static_cast<std::size_t>(seed % limit);
        };
        if (draw(40) == 0) {
            dump += odd[draw(odd.size())] + "\n";
            continue;
        }
        if (draw(20) == 0) time += draw(3);
        const std::string id =
            draw(4) != 0 ? "\"" + std::to_string(draw(1000)) + "\"" : ids[draw(ids.size())];
        const std::string quote = draw(9) == 0 ? "\"" : "";
        dump += "{\"ts\":" + quote + std::to_string(time) + quote + ",\"uid\":" + id + "}\n";
    }
    return dump;
}

TEST_CASE("records that are read together are those that each line gives by itself") {
    ReadingRules rules = plain_rules();
    const bool limited = GENERATE(false, true);
    if (limited) {
        rules.since = EventTime{std::chrono::seconds{1'468'244'350}};
        rules.until = EventTime{std::chrono::seconds{1'468'244'390}};
    }
    // Within one limit all lines are, within the other the usual ones.
    const std::size_t max_line_bytes =
        GENERATE(std::size_t{kDefaultMaxLine_bytes}, std::size_t{40});
    const bool is_utf8 = GENERATE(true, false);
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const std::string dump = mixed_dump(seed, is_utf8);
        const Reading together = read(rules, dump, 0, max_line_bytes);
        Kept alone;
        LineCounts counts;
        for (std::size_t begin = 0; begin < dump.size();) {
            const std::size_t end = dump.find('\n', begin) + 1;
            const Reading line =
                read(rules, dump.substr(begin, end - begin), begin, max_line_bytes);
            counts += line.counts;
            std::ranges::copy(line.kept.records, std::back_inserter(alone.records));
            std::ranges::copy(line.kept.ids, std::back_inserter(alone.ids));
            std::ranges::copy(line.kept.reject_texts, std::back_inserter(alone.reject_texts));
            begin = end;
        }
        REQUIRE(together.kept.ids == alone.ids);
        REQUIRE(together.kept.reject_texts == alone.reject_texts);
        REQUIRE(together.counts.records == counts.records);
        if (is_utf8 && max_line_bytes == kDefaultMaxLine_bytes) {
            REQUIRE(together.kept.most_together > 10);
        }
        REQUIRE(together.counts.filtered == counts.filtered);
        REQUIRE(together.counts.anonymous == counts.anonymous);
        REQUIRE((counts.filtered != 0) == limited);
        for (std::size_t i = 0; i < alone.records.size(); ++i)
            REQUIRE(together.kept.records[i].time == alone.records[i].time);
    }
}

TEST_CASE("a null id is skipped, counted or rejected, as asked") {
    ReadingRules rules = plain_rules();
    const std::string line = "{\"ts\":1,\"uid\":null}\n";
    REQUIRE(read(rules, line).counts.anonymous == 1);
    rules.null_id = NullIdPolicy::count;
    const Reading counted = read(rules, line);
    REQUIRE(counted.counts.anonymous == 0);
    REQUIRE(counted.counts.records == 1);
    REQUIRE(counted.kept.anonymous.size() == 1);
    REQUIRE(counted.kept.records.empty());
    rules.null_id = NullIdPolicy::reject;
    REQUIRE(read(rules, line).kept.rejects.at(0).reason == RejectReason::wrong_type_of_id);
}

TEST_CASE("a line longer than the limit is rejected, a line as long as the limit is not") {
    const ReadingRules rules = plain_rules();
    const std::string line = R"({"ts":1,"uid":"a"})";
    REQUIRE(read(rules, line + "\n", 0, line.size()).counts.records == 1);
    const Reading reading = read(rules, line + "\n", 0, line.size() - 1);
    REQUIRE(reading.kept.rejects.at(0).reason == RejectReason::line_too_long);
}

TEST_CASE("a line that was skipped while streaming is one rejected line") {
    const ReadingRules rules = plain_rules();
    const FieldPlan plan(wanted_fields(rules));
    RecordReader reader(rules, plan, choose_structure_kernel(), kDefaultMaxLine_bytes);
    Chunk chunk;
    chunk.offset_bytes = 7;
    chunk.bytes = "{\"ts\":";
    chunk.overlong_line_bytes = 1'000'000'000;
    Kept kept;
    const LineCounts counts = reader.read(chunk, kept);
    REQUIRE(counts.lines == 1);
    REQUIRE(kept.rejects.at(0).reason == RejectReason::line_too_long);
    REQUIRE(kept.rejects.at(0).offset_bytes == 7);
}

}  // namespace
}  // namespace stream_analyzer
