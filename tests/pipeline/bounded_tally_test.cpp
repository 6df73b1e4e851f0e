#include "pipeline/bounded_tally.hpp"

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "../store/memory_bytes.hpp"
#include "catch2.hpp"
#include "pipeline/write_tally.hpp"
#include "store/run_reader.hpp"

namespace stream_analyzer {
namespace {

struct Event {
    std::int64_t second;
    std::string id;
};

std::vector<Event> sample_events() {
    std::vector<Event> events;
    Hash64 random = 3;
    for (int i = 0; i < 30'000; ++i) {
        random = mix64(random + 0x9e3779b97f4a7c15U);
        const auto late_s = static_cast<std::int64_t>(random % 11 == 0 ? random / 16 % 9000 : 0);
        events.push_back({i - late_s, "user" + std::to_string(random % 5000)});
    }
    return events;
}

struct Setting {
    bool exact = true;
    unsigned threads = 1;
    std::uint64_t memory_bytes = UINT64_MAX;
    std::size_t chunk = 1000;
    bool saves = true;
    Hash64 hashes = 0;  ///< ids share so few hashes; 0: they have their own
};

struct Outcome {
    std::vector<WindowResult> windows;
    std::string saved;
    std::uint64_t runs = 0;
};

// Feeds the events chunk by chunk; threads take turns.
void feed_all(BoundedTally& tally, const std::vector<Event>& events, const Setting& setting) {
    for (unsigned thread = 1; thread < setting.threads; ++thread)
        tally.leave();  // one thread stands for all
    for (std::size_t first = 0; first < events.size(); first += setting.chunk) {
        WindowFeed& feed =
            tally.feed(static_cast<unsigned>(first / setting.chunk) % setting.threads);
        for (std::size_t i = first; i < std::min(first + setting.chunk, events.size()); ++i) {
            const WindowNumber window =
                feed.window_of(EventTime{std::chrono::seconds{events[i].second}});
            feed.count_records(window, 1);
            const Hash64 hash = hash_id(events[i].id, 5);
            feed.add_copy(window, setting.hashes == 0 ? hash : mix64(hash % setting.hashes),
                          events[i].id);
        }
        feed.flush();
        tally.between_chunks(std::nullopt);
    }
    tally.leave();
}

std::vector<WindowGrid> three_grids() {
    return {{WindowLength::parse("1m"), "UTC"},
            {WindowLength::parse("1h"), "UTC"},
            {WindowLength::parse("1d"), "Asia/Kolkata"}};
}

Outcome count(const std::vector<Event>& events, const Setting& setting) {
    const std::vector<WindowGrid> grids = three_grids();
    const std::vector<SketchSpec> sketches{parse_sketch_spec("lc:512B"), parse_sketch_spec("hll:8"),
                                           parse_sketch_spec("ull:6")};
    BoundedTally tally({.grids = grids,
                        .exact = setting.exact,
                        .sketches = sketches,
                        .hash_seed = 5,
                        .threads = setting.threads,
                        .memory_bytes = setting.memory_bytes,
                        .spill_folder = std::filesystem::temp_directory_path(),
                        .saves = setting.saves,
                        .interrupted = nullptr});
    feed_all(tally, events, setting);

    RunHead head;
    head.exact = setting.exact;
    head.lengths = {"1m"};
    head.sketches = sketches;
    StringSink sink;
    const auto table = setting.saves ? tally.finish_and_save(sink, head, {}) : tally.finish();

    Outcome outcome{.windows = {}, .saved = sink.text(), .runs = tally.spilled_runs()};
    for (std::size_t i = 0; i < table->size(); ++i)
        outcome.windows.push_back(table->at(i));
    return outcome;
}

void require_same(const Outcome& one, const Outcome& other) {
    REQUIRE(one.windows.size() == other.windows.size());
    for (std::size_t i = 0; i < one.windows.size(); ++i) {
        const WindowResult& a = one.windows[i];
        const WindowResult& b = other.windows[i];
        REQUIRE(a.length == b.length);
        REQUIRE(a.start == b.start);
        REQUIRE(a.complete == b.complete);
        REQUIRE(a.records == b.records);
        REQUIRE(a.exact == b.exact);
        REQUIRE(a.exact_bytes == b.exact_bytes);
        REQUIRE(a.estimates == b.estimates);
    }
    REQUIRE(one.saved == other.saved);
}

TEST_CASE("the ids of chosen windows are those that were counted, spilled or not") {
    const std::vector<Event> events = sample_events();
    const std::vector<WindowGrid> grids = three_grids();
    const std::vector<SketchSpec> sketches;
    for (const std::uint64_t memory_bytes : {UINT64_MAX, std::uint64_t{300'000}}) {
        const Setting setting{.threads = 2, .memory_bytes = memory_bytes};
        BoundedTally tally({.grids = grids,
                            .exact = true,
                            .sketches = sketches,
                            .hash_seed = 5,
                            .threads = setting.threads,
                            .memory_bytes = memory_bytes,
                            .spill_folder = std::filesystem::temp_directory_path(),
                            .keeps_ids = true,
                            .interrupted = nullptr});
        feed_all(tally, events, setting);
        const auto table = tally.finish();
        REQUIRE((tally.spilled_runs() > 0) == (memory_bytes != UINT64_MAX));
        WindowIds wanted;
        wanted.choose = [](const WindowTable& windows) {
            // A minute, an hour and a day, the last first.
            return std::vector<std::size_t>{windows.range_of(2).first,
                                            windows.range_of(1).first + 2,
                                            windows.range_of(0).first + 200};
        };
        tally.fill(wanted, *table);
        REQUIRE(wanted.ids.size() == 3);
        for (std::size_t i = 0; i < wanted.chosen.size(); ++i) {
            const WindowResult window = table->at(wanted.chosen[i]);
            std::set<std::string, std::less<>> expected;
            for (const Event& event : events) {
                const EventTime time{std::chrono::seconds{event.second}};
                if (grids[window.length].interval_of(time).start == window.start)
                    expected.insert(event.id);
            }
            REQUIRE(expected.size() == window.exact);
            std::set<std::string, std::less<>> found;
            for (std::size_t id = 0; id < wanted.ids[i].size(); ++id)
                found.emplace(wanted.ids[i][id]);
            CHECK(found == expected);
            CHECK(found.size() == wanted.ids[i].size());
        }
    }
}

TEST_CASE("results and saved bytes depend neither on memory nor on threads nor on chunks") {
    const std::vector<Event> events = sample_events();
    for (const bool exact : {true, false}) {
        const Outcome expected = count(events, {.exact = exact});
        REQUIRE(expected.runs == 0);
        REQUIRE(expected.windows.size() > 500);
        for (const unsigned threads : {1U, 2U, 3U}) {
            require_same(count(events, {.exact = exact, .threads = threads}), expected);
            for (const std::size_t chunk : {300U, 7000U}) {
                const Outcome spilled =
                    count(events,
                          {.exact = exact, .threads = threads, .memory_bytes = 1, .chunk = chunk});
                REQUIRE(spilled.runs >= events.size() / chunk);
                require_same(spilled, expected);
            }
        }
        const Outcome seldom = count(events, {.exact = exact, .memory_bytes = 300'000});
        REQUIRE(seldom.runs >= 2);
        require_same(seldom, expected);
    }
}

TEST_CASE("what is not saved is spilled without texts, and the results are the same") {
    const std::vector<Event> events = sample_events();
    const Outcome expected = count(events, {.saves = false});
    REQUIRE(expected.runs == 0);
    for (const unsigned threads : {1U, 2U, 3U}) {
        for (const std::size_t chunk : {300U, 7000U}) {
            const Outcome spilled = count(
                events, {.threads = threads, .memory_bytes = 1, .chunk = chunk, .saves = false});
            REQUIRE(spilled.runs >= events.size() / chunk);
            require_same(spilled, expected);
        }
    }
}

TEST_CASE("ids that share their hash stay apart when they are spilled") {
    for (const Hash64 hashes : {3U, 2000U}) {
        const std::vector<Event> events = sample_events();
        const Outcome expected = count(events, {.saves = false, .hashes = hashes});
        REQUIRE(expected.runs == 0);
        const Outcome spilled = count(
            events,
            {.threads = 2, .memory_bytes = 1, .chunk = 2000, .saves = false, .hashes = hashes});
        REQUIRE(spilled.runs >= 10);
        require_same(spilled, expected);
    }
}

TEST_CASE("runs that several threads merge give the results of one") {
    std::vector<Event> events;
    for (int i = 0; i < 60'000; ++i)
        events.push_back({i % 20'000, "user" + std::to_string(mix64(Hash64(i)) % 50'000)});
    const Outcome expected = count(events, {});
    for (const unsigned threads : {2U, 3U}) {
        // A few runs, of each of which every thread may hold kMostReader_bytes.
        const Outcome merged = count(events, {.threads = threads, .memory_bytes = 4'000'000});
        REQUIRE(merged.runs >= 2);
        REQUIRE(merged.runs * 2 * kMostReader_bytes <= 4'000'000);
        require_same(merged, expected);
        const Outcome unsaved =
            count(events, {.threads = threads, .memory_bytes = 3'000'000, .saves = false});
        REQUIRE(unsaved.runs >= 2);
        require_same(unsaved, count(events, {.saves = false}));
    }
}

// Which windows of the run that is written of one record a minute lack their row.
std::vector<bool> lacking_rows(const std::vector<std::int64_t>& minutes, SpilledWindows& spilled) {
    const WindowGrid grid(WindowLength::parse("1m"), "UTC");
    const std::vector<SketchSpec> sketches{parse_sketch_spec("hll:8")};
    Tally tally(grid, true, sketches, 1);
    for (const std::int64_t minute : minutes) {
        const WindowNumber window =
            tally.feed(0).window_of(EventTime{std::chrono::minutes{minute}});
        tally.feed(0).count_records(window, 1);
        tally.feed(0).add_copy(window, hash_id("user", 5), "user");
    }
    tally.feed(0).flush();

    RunHead head;
    head.lengths = {"1m"};
    head.sketches = sketches;
    head.with_rows = true;
    StringSink sink;
    RunWriter run(sink, head);
    RunAccount account;
    account.windows = write_tally(
        tally, {.grids = std::span(&grid, 1), .sketches = sketches, .spilled = &spilled}, run);
    run.finish(account);

    std::vector<bool> lacking;
    RunReader reader(testing::source_of(sink.text()));
    while (reader.next_window()) {
        lacking.push_back(reader.lacks_row());
        (void)reader.finish_window();
        REQUIRE(reader.row().size() == (lacking.back() ? 0 : sketches.size()));
    }
    return lacking;
}

TEST_CASE("windows that an earlier run may have get no row, as they will be united") {
    SpilledWindows spilled;
    REQUIRE(lacking_rows({3, 5, 9}, spilled) == std::vector<bool>{false, false, false});
    REQUIRE(lacking_rows({1, 3, 6, 9, 10}, spilled) ==
            std::vector<bool>{false, true, true, true, false});
    REQUIRE(lacking_rows({1, 10, 11}, spilled) == std::vector<bool>{true, true, false});
}

TEST_CASE("nothing counted is nothing, whatever the memory") {
    for (const std::uint64_t memory_bytes : {std::uint64_t{1}, UINT64_MAX}) {
        const Outcome none = count({}, {.memory_bytes = memory_bytes});
        REQUIRE(none.windows.empty());
        REQUIRE(none.runs == 0);
    }
}

}  // namespace
}  // namespace stream_analyzer
