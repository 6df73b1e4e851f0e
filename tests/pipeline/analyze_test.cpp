#include "pipeline/analyze.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <thread>

#include "catch2.hpp"
#include "core/error.hpp"
#include "pipeline/field_advice.hpp"
#include "temporary_folder.hpp"

namespace stream_analyzer {
namespace {

class DumpFile {
  public:
    explicit DumpFile(std::string_view text) : path_(folder_.write("dump.jsonl", text)) {}

    [[nodiscard]] InputSpec input() const { return {path_, path_}; }

  private:
    testing::TemporaryFolder folder_;
    std::string path_;
};

// Dumps with their counts, made side by side.
struct Dump {
    std::string text;
    std::map<std::int64_t, std::set<std::string>> minutes;
    std::map<std::int64_t, std::uint64_t> records;

    void add(std::int64_t seconds, const std::string& id) {
        text += R"({"ts":)" + std::to_string(seconds) + R"(,"uid":")" + id + "\"}\n";
        const std::int64_t minute = (seconds - ((seconds % 60) + 60) % 60) / 60;
        minutes[minute].insert(id);
        ++records[minute];
    }
};

Dump sample_dump() {
    Dump dump;
    Hash64 random = 1;
    for (int i = 0; i < 20'000; ++i) {
        random = mix64(random + 0x9e3779b97f4a7c15U);
        const std::int64_t late = random % 50 == 0 ? static_cast<std::int64_t>(random % 4000) : 0;
        dump.add(1'468'244'340 + i / 40 - late, "u" + std::to_string((random >> 20U) % 3000));
        if (i % 100 == 7) dump.text += i % 200 == 7 ? "broken\n" : "\n";
    }
    return dump;
}

AnalysisOptions options_for(const DumpFile& file) {
    AnalysisOptions options;
    options.inputs = {file.input()};
    options.threads = 2;
    return options;
}

TEST_CASE("every minute has the number of its distinct ids, for any threads and chunks") {
    const Dump dump = sample_dump();
    const DumpFile file(dump.text);
    AnalysisOptions options = options_for(file);
    options.threads = GENERATE(1U, 2U, 3U, 8U);
    options.input.chunk_bytes = GENERATE(std::size_t{64}, std::size_t{5000}, kDefaultChunk_bytes);
    options.input.backend = GENERATE(IoBackend::mmap, IoBackend::read);
    const AnalysisResult result = analyze(options, {});
    REQUIRE(result.windows->size() == dump.minutes.size());
    auto expected = dump.minutes.begin();
    for (std::size_t i = 0; i < result.windows->size(); ++i) {
        const WindowResult window = result.windows->at(i);
        REQUIRE(window.start == WindowTime{std::chrono::minutes{expected->first}});
        REQUIRE(window.exact == expected->second.size());
        REQUIRE(window.records == dump.records.at(expected->first));
        ++expected;
    }
    REQUIRE(result.summary.total.records == 20'000);
    REQUIRE(result.summary.total.blank == 100);
    REQUIRE(result.summary.total.all_rejects() == 100);
}

TEST_CASE("only the first and the last window of each length may be incomplete") {
    const DumpFile file(sample_dump().text);
    AnalysisOptions options = options_for(file);
    options.rollups = {WindowLength::parse("1h"), WindowLength::parse("1d")};
    const AnalysisResult result = analyze(options, {});
    std::map<std::size_t, std::vector<bool>> complete;
    for (std::size_t i = 0; i < result.windows->size(); ++i) {
        const WindowResult window = result.windows->at(i);
        complete[window.length].push_back(window.complete);
    }
    REQUIRE(complete.size() == 3);
    for (const auto& [length, flags] : complete) {
        for (std::size_t i = 0; i < flags.size(); ++i) {
            REQUIRE(flags[i] == (i > 0 && i + 1 < flags.size()));
        }
    }
}

TEST_CASE("a roll-up is the union of its windows, for exact counts and for sketches") {
    const Dump dump = sample_dump();
    const DumpFile file(dump.text);
    AnalysisOptions options = options_for(file);
    options.rollups = {WindowLength::parse("1d")};
    const AnalysisResult exact = analyze(options, {});
    options.exact = false;
    const AnalysisResult sketches = analyze(options, {});
    std::set<std::string> all;
    for (const auto& [minute, ids] : dump.minutes) {
        all.insert(ids.begin(), ids.end());
    }
    REQUIRE(exact.windows->at(exact.windows->size() - 1).exact == all.size());
    REQUIRE_FALSE(sketches.windows->at(sketches.windows->size() - 1).exact);
    REQUIRE(exact.windows->size() == sketches.windows->size());
    for (std::size_t i = 0; i < exact.windows->size(); ++i) {
        REQUIRE(exact.windows->at(i).estimates == sketches.windows->at(i).estimates);
        REQUIRE(exact.windows->at(i).records == sketches.windows->at(i).records);
    }
}

TEST_CASE("the unit is the majority's of the first records, then fixed") {
    std::string text;
    for (int i = 0; i < 10; ++i) {
        text += "{\"ts\":1468244385123,\"uid\":1}\n";
    }
    text += "{\"ts\":1468244385,\"uid\":1}\n";
    const DumpFile file(text);
    const AnalysisResult result = analyze(options_for(file), {});
    REQUIRE(result.summary.time_unit == "ms");
    REQUIRE(result.summary.time_unit_chosen);
    // The odd one is a record of January 1970, and far from the rest.
    REQUIRE(result.windows->size() == 2);
    REQUIRE(iso8601(result.windows->at(0).start) == "1970-01-17T23:50:00Z");
}

TEST_CASE("a dump without the fields is refused, with what looks like them") {
    const DumpFile file(
        "{\"when\":1468244385,\"user_id\":\"abc\"}\n{\"when\":1468244386,\"user_id\":\"abd\"}\n");
    try {
        (void)analyze(options_for(file), {});
        FAIL("no error");
    } catch (const MissingFieldsError& error) {
        REQUIRE(error.time_field == "when");
        REQUIRE(error.id_field == "user_id");
    }
    AnalysisOptions options = options_for(file);
    options.rules.time_field = FieldPath::parse("when");
    try {
        (void)analyze(options, {});
        FAIL("no error");
    } catch (const MissingFieldsError& error) {
        REQUIRE_FALSE(error.time_field);
        REQUIRE(error.id_field == "user_id");
    }
}

TEST_CASE("an interrupted run stops at the next chunk and says how far it came") {
    const DumpFile file(sample_dump().text);
    AnalysisOptions options = options_for(file);
    options.threads = 1;
    options.input.chunk_bytes = 5000;
    std::atomic<bool> interrupted{false};
    int chunks = 0;
    AnalysisHooks hooks;
    hooks.interrupted = &interrupted;
    hooks.progress = [&](std::uint64_t, std::optional<std::uint64_t>) {
        interrupted = ++chunks == 30;
    };
    REQUIRE_THROWS_AS(analyze(options, hooks), Interrupted);
    REQUIRE(chunks == 30);
}

TEST_CASE("when rejects cannot be taken the run ends at once with that error") {
    const DumpFile file(sample_dump().text);  // the first chunk has a reject
    AnalysisOptions options = options_for(file);
    options.threads = 1;
    options.input.chunk_bytes = 5000;
    int chunks = 0;
    AnalysisHooks hooks;
    hooks.take_reject = [](const LocatedReject&) { throw EnvironmentError("disk full"); };
    hooks.progress = [&](std::uint64_t, std::optional<std::uint64_t>) { ++chunks; };
    REQUIRE_THROWS_WITH(analyze(options, hooks), "disk full");
    REQUIRE(chunks == 0);
}

TEST_CASE("when one thread fails the others leave the rest of the dump alone") {
    const DumpFile file(sample_dump().text);
    AnalysisOptions options = options_for(file);
    options.input.chunk_bytes = 5000;
    std::atomic<bool> thrown{false};
    int chunks_after = 0;  // of the thread that goes on
    AnalysisHooks hooks;
    hooks.take_reject = [&](const LocatedReject&) {
        if (!thrown.exchange(true)) throw EnvironmentError("disk full");
    };
    hooks.progress = [&](std::uint64_t, std::optional<std::uint64_t>) {
        if (!thrown) return;
        ++chunks_after;
        // The thread that failed has still to say so, and may be waiting for a processor.
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    };
    REQUIRE_THROWS_WITH(analyze(options, hooks), "disk full");
    REQUIRE(chunks_after < 100);  // of about 150
}

TEST_CASE("the fields may be missing in the first input if a later one has them") {
    const DumpFile first("{\"meta\":1}\n");
    const DumpFile second(sample_dump().text);
    AnalysisOptions options = options_for(first);
    options.inputs.push_back(second.input());
    const AnalysisResult result = analyze(options, {});
    REQUIRE(result.summary.total.records == 20'000);
    REQUIRE(result.summary.total.rejects[static_cast<std::size_t>(RejectReason::missing_time)] ==
            1);
}

TEST_CASE("at level full only lines that are valid there vote for the unit") {
    const DumpFile file(
        "{\"ts\":1468244385123,\"uid\":1,\"x\":{\"y\":01}}\n"
        "{\"ts\":1468244385123,\"uid\":1,\"x\":{\"y\":01}}\n{\"ts\":1468244385,\"uid\":1}\n");
    AnalysisOptions options = options_for(file);
    REQUIRE(analyze(options, {}).summary.time_unit == "ms");
    options.rules.check = CheckLevel::full;
    REQUIRE(analyze(options, {}).summary.time_unit == "s");
}

TEST_CASE("a time of long ago, in local mean time, does not void a run with roll-ups") {
    Dump dump = sample_dump();
    dump.add(-3'468'244'385, "old");
    const DumpFile file(dump.text);
    AnalysisOptions options = options_for(file);
    options.timezone = "Europe/Zurich";
    options.rollups = {WindowLength::parse("1d")};
    const AnalysisResult result = analyze(options, {});
    REQUIRE(result.windows->size() == dump.minutes.size() + 2);
    REQUIRE(result.summary.warnings.size() == 1);
    REQUIRE(result.summary.far_windows_total == 1);
}

TEST_CASE("an empty dump has no windows and no records") {
    const DumpFile file("");
    const AnalysisResult result = analyze(options_for(file), {});
    REQUIRE(result.windows->size() == 0);
    REQUIRE(result.summary.total.lines == 0);
    REQUIRE_FALSE(result.summary.first_event_time);
}

}  // namespace
}  // namespace stream_analyzer
