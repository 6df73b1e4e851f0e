#include "generate/generate.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "catch2.hpp"
#include "core/error.hpp"
#include "core/hash64.hpp"
#include "dump_reader.hpp"

using namespace stream_analyzer;

namespace {

constexpr std::array kShapes{DumpShape::wide, DumpShape::narrow, DumpShape::nested};

/// Everything that can be asked for at once.
GenerateOptions with_everything(DumpShape shape) {
    GenerateOptions options;
    options.shape = shape;
    options.records = 3'000;
    options.rate_per_1000s = 12'345;
    options.users = 700;
    options.popularity = Popularity::zipf;
    options.late_share_ppm = 50'000;
    options.late_tail_ppm = 5'000;
    options.corrupt_share_ppm = 40'000;
    return options;
}

/// Fails when it has got so many bytes.
struct FailingSink : DumpSink {
    std::size_t room;

    explicit FailingSink(std::size_t bytes) : room(bytes) {}
    void write(std::string_view bytes, std::uint64_t /*lines*/) override {
        if (bytes.size() > room) throw EnvironmentError("full");
        room -= bytes.size();
    }
};

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Arrival {
    double share_out_of_order = 0;
    std::int64_t largest_lateness_s = 0;
};

Arrival arrival_of(const std::vector<std::int64_t>& times_s) {
    Arrival arrival;
    std::int64_t latest_s = times_s.at(0);
    for (const std::int64_t time_s : times_s) {
        latest_s = std::max(latest_s, time_s);
        arrival.share_out_of_order +=
            time_s < latest_s ? 1.0 / static_cast<double>(times_s.size()) : 0;
        arrival.largest_lateness_s = std::max(arrival.largest_lateness_s, latest_s - time_s);
    }
    return arrival;
}

}  // namespace

TEST_CASE("the same options give the same bytes on every machine, for ever") {
    // Digests of the whole dump. A change of them is a change of everybody's data sets: say so in
    // the change log, and make datasets/sample.jsonl anew.
    CHECK(hash_id(generate_text(with_everything(DumpShape::wide)).text, 0) == 0x186afeb72ae7673dU);
    CHECK(hash_id(generate_text(with_everything(DumpShape::narrow)).text, 0) ==
          0x46208d66b6cef6d1U);
    CHECK(hash_id(generate_text(with_everything(DumpShape::nested)).text, 0) ==
          0xcbcb43cd119a5841U);
    GenerateOptions counted;
    counted.distinct = {100, 0, 250};
    CHECK(hash_id(generate_text(counted).text, 0) == 0xdf813a2d789d2919U);
}

TEST_CASE("the committed sample is what its recipe makes") {
    // datasets/README.md tells the same as a command line.
    GenerateOptions options;
    options.record_bytes = 200;
    options.distinct = {1'204, 1'530, 1'377, 1'618};
    options.repeat_per_1000 = 1'250;
    options.late_share_ppm = 50'000;
    options.late_tail_ppm = 2'000;
    options.corrupt_share_ppm = 10'000;
    options.seed = 2016;
    const GeneratedDump dump = generate_text(options);
    const std::string folder = DATASETS_FOLDER;
    CHECK(hash_id(content(folder + "/sample.jsonl"), 0) == hash_id(dump.text, 0));
    CHECK(content(folder + "/sample_truth.csv") == truth_csv(dump.truth));
    CHECK(content(folder + "/sample_totals.json") == totals_json(dump.truth));
}

TEST_CASE("another seed gives another dump with as many records") {
    GenerateOptions options;
    options.shape = DumpShape::narrow;
    options.records = 1'000;
    const GeneratedDump one = generate_text(options);
    options.seed = 2;
    const GeneratedDump two = generate_text(options);
    CHECK(one.text != two.text);
    CHECK(one.truth.records == two.truth.records);
}

TEST_CASE("the truth of every shape is what an independent reader counts") {
    for (const DumpShape shape : kShapes) {
        const GeneratedDump dump = generate_text(with_everything(shape));
        const CountedDump counted = count_dump(dump.text, shape);
        INFO("shape " << static_cast<int>(shape));
        CHECK(dump.truth.windows.size() >= 4);
        CHECK(dump.truth.windows == counted.windows);
        CHECK(dump.truth.distinct == counted.ids.size());
        CHECK(dump.truth.bytes == dump.text.size());
        CHECK(dump.truth.lines == split_lines(dump.text).size());
    }
}

TEST_CASE("lines are records, blank, anonymous and rejects, each as often as the reader finds") {
    for (const DumpShape shape : kShapes) {
        const GeneratedDump dump = generate_text(with_everything(shape));
        CountedDump counted = count_dump(dump.text, shape);
        const auto rejects = [&](std::initializer_list<RejectReason> reasons) {
            std::uint64_t sum = 0;
            for (const RejectReason reason : reasons) {
                const std::uint64_t count = dump.truth.rejects[static_cast<std::size_t>(reason)];
                CHECK(count > 0);
                sum += count;
            }
            return sum;
        };
        using enum RejectReason;
        CHECK(counted.lines[LineClass::record] == dump.truth.records);
        CHECK(counted.lines[LineClass::blank] == dump.truth.blank);
        CHECK(counted.lines[LineClass::anonymous] == dump.truth.anonymous);
        CHECK(counted.lines[LineClass::refused] ==
              rejects({not_json, truncated, trailing_bytes, control_character, invalid_utf8,
                       too_deep}));
        CHECK(counted.lines[LineClass::not_an_object] == rejects({not_an_object}));
        CHECK(counted.lines[LineClass::missing_time] == rejects({missing_time}));
        CHECK(counted.lines[LineClass::missing_id] == rejects({missing_id}));
        CHECK(counted.lines[LineClass::wrong_type_of_time] == rejects({wrong_type_of_time}));
        CHECK(counted.lines[LineClass::unparsable_time] == rejects({unparsable_time}));
        CHECK(counted.lines[LineClass::time_out_of_range] == rejects({time_out_of_range}));
        CHECK(counted.lines[LineClass::wrong_type_of_id] == rejects({wrong_type_of_id}));
        CHECK(dump.truth.lines == dump.truth.records * kWhole_ppm / (kWhole_ppm - 40'000));
    }
}

TEST_CASE("windows asked for by their distinct users have exactly these, late records or not") {
    for (const std::uint32_t late_ppm : {0U, 200'000U}) {
        GenerateOptions options;
        options.shape = DumpShape::narrow;
        options.distinct = {1'619, 4'113, 0, 1, 4'737};
        options.repeat_per_1000 = 1'700;
        options.late_share_ppm = late_ppm;
        options.late_tail_ppm = late_ppm / 100;
        const GeneratedDump dump = generate_text(options);
        const CountedDump counted = count_dump(dump.text, options.shape);
        CHECK(counted.windows == dump.truth.windows);
        REQUIRE(counted.windows.size() == 4);
        CHECK(counted.windows[0].start == WindowTime{std::chrono::seconds{options.start_s}});
        CHECK(counted.windows[0].distinct == 1'619);
        CHECK(counted.windows[1].distinct == 4'113);
        CHECK(counted.windows[2].distinct == 1);
        CHECK(counted.windows[3].distinct == 4'737);
        CHECK(counted.windows[3].records == 4'737 * 17 / 10);
    }
}

TEST_CASE("the share of late records and their largest lateness hold as seen in the dump") {
    GenerateOptions options;
    options.shape = DumpShape::narrow;
    options.records = 60'000;
    options.late_share_ppm = 50'000;
    const GeneratedDump dump = generate_text(options);
    const Arrival arrival = arrival_of(count_dump(dump.text, options.shape).times_s);
    // Of the last seconds' late records some have nothing after them to be late behind.
    CHECK(arrival.share_out_of_order == Approx(0.05).epsilon(0.1));
    CHECK(arrival.largest_lateness_s == 5);
    CHECK(static_cast<double>(dump.truth.late) / 60'000 == Approx(0.05).epsilon(0.1));
}

TEST_CASE("the heavy tail reaches far beyond the maximum but never beyond its limit") {
    GenerateOptions options;
    options.shape = DumpShape::narrow;
    options.records = 60'000;
    options.rate_per_1000s = 2'000;  // more than eight hours
    options.late_tail_ppm = 20'000;
    const GeneratedDump dump = generate_text(options);
    const Arrival arrival = arrival_of(count_dump(dump.text, options.shape).times_s);
    CHECK(arrival.largest_lateness_s > 600);
    CHECK(arrival.largest_lateness_s <= static_cast<std::int64_t>(kLateTailMax_s));
    // In order of event time it would be the same dump.
    options.late_tail_ppm = 0;
    CHECK(generate_text(options).truth.windows == dump.truth.windows);
}

TEST_CASE("records without lateness arrive in order") {
    GenerateOptions options;
    options.records = 500;
    options.shape = DumpShape::nested;
    const CountedDump counted = count_dump(generate_text(options).text, options.shape);
    CHECK(std::ranges::is_sorted(counted.times_s));
}

TEST_CASE("CR LF ends every line and changes nothing else") {
    for (const DumpShape shape : kShapes) {
        GenerateOptions options = with_everything(shape);
        const GeneratedDump lf = generate_text(options);
        options.crlf = true;
        const GeneratedDump crlf = generate_text(options);
        std::string expected;
        for (const std::string_view line : split_lines(lf.text)) {
            expected.append(line).append("\r\n");
        }
        CHECK(crlf.text == expected);
        CHECK(crlf.truth.windows == lf.truth.windows);
        CHECK(crlf.truth.rejects == lf.truth.rejects);
    }
}

TEST_CASE("narrow records have nothing but the two fields") {
    GenerateOptions options;
    options.shape = DumpShape::narrow;
    options.records = 1;
    const std::string text = generate_text(options).text;
    CHECK(text.substr(0, 24) == R"({"ts":1468244340,"uid":")");
    CHECK(text.substr(text.size() - 3) == "\"}\n");
    CHECK((text.size() == 46 || text.size() == 47));
}

TEST_CASE("a size ends the dump with the record that reaches it") {
    GenerateOptions options;
    options.shape = DumpShape::narrow;
    options.size_bytes = 10'000;
    const GeneratedDump dump = generate_text(options);
    CHECK(dump.text.size() >= 10'000);
    CHECK(dump.text.size() < 10'000 + 48);
    CHECK(dump.truth.windows == count_dump(dump.text, options.shape).windows);
}

TEST_CASE("a dump of nothing but gaps is empty") {
    GenerateOptions options;
    options.distinct = {0, 0};
    const GeneratedDump dump = generate_text(options);
    CHECK(dump.text.empty());
    CHECK(dump.truth.windows.empty());
}

TEST_CASE("what the sink throws ends the dump at once") {
    GenerateOptions options;
    options.records = 1'000;
    FailingSink at_once(0);
    CHECK_THROWS_AS(generate_dump(options, at_once), EnvironmentError);
    FailingSink soon(1'000'000);
    CHECK_THROWS_AS(generate_dump(options, soon), EnvironmentError);
    FailingSink never(10'000'000);
    CHECK(generate_dump(options, never).lines == 1'000);
}
