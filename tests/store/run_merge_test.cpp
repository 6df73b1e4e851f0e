#include "store/run_merge.hpp"

#include <atomic>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "catch2.hpp"
#include "run_fixture.hpp"
#include "store/run_stack.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

PlainRun united(const std::vector<PlainRun>& runs) {
    PlainRun all;
    for (const PlainRun& run : runs) {
        for (const auto& [key, window] : run) {
            all[key].records += window.records;
            all[key].ids.insert(window.ids.begin(), window.ids.end());
        }
    }
    return all;
}

std::vector<PlainRun> random_runs(std::uint64_t seed, std::size_t runs) {
    std::vector<PlainRun> plain;
    for (std::size_t i = 0; i < runs; ++i) {
        plain.push_back(random_run(seed * 1000 + i, 1 + (seed + i) % 30, 60, 1 + i % 14));
    }
    return plain;
}

std::vector<std::unique_ptr<RunReader>> readers_of(const std::vector<PlainRun>& runs) {
    std::vector<std::unique_ptr<RunReader>> readers;
    for (const PlainRun& run : runs)
        readers.push_back(reader_of(run));
    return readers;
}

const std::vector<SketchSpec>& three_sketches() {
    static const std::vector<SketchSpec> specs{{SketchFamily::linear_counting, 64},
                                               {SketchFamily::hyperloglog, 6},
                                               {SketchFamily::ultraloglog, 5}};
    return specs;
}

EstimateRow estimates_of(const PlainWindow& window, std::uint64_t seed) {
    std::vector<Sketch> sketches(three_sketches().begin(), three_sketches().end());
    EstimateRow row;
    for (Sketch& sketch : sketches) {
        for (const std::string& id : window.ids)
            sketch.add(hash_id(id, seed));
        row.push_back(sketch.estimate());
    }
    return row;
}

std::string states_of(const PlainWindow& window) {
    std::string states;
    for (const SketchSpec& spec : three_sketches()) {
        Sketch sketch(spec);
        for (const std::string& id : window.ids)
            sketch.add(hash_id(id, 0));
        states.append(reinterpret_cast<const char*>(sketch.state().data()), sketch.state().size());
    }
    return states;
}

constexpr std::uint64_t kSeed = 17;

RunStack stack_of(const std::vector<PlainRun>& runs,
                  const std::atomic<bool>* interrupted = nullptr) {
    RunHead head = head_of_ids();
    head.sketches = three_sketches();
    RunStack stack(std::filesystem::temp_directory_path(), head, kSeed, interrupted);
    std::size_t all = 0;
    for (const PlainRun& plain : runs) {
        stack.push([&](RunWriter& run) {
            std::uint64_t windows = 0;
            for (const auto& [key, window] : plain) {
                // Some windows lack their row, in one run or another.
                const bool lacks_row = ++all % 3 == 0;
                run.windows().begin(key, lacks_row);
                for (const std::string& id : window.ids)
                    run.windows().add_id(id);
                run.windows().end(totals_of(window),
                                  lacks_row ? EstimateRow() : estimates_of(window, kSeed));
                windows += key.length == 0 ? 1 : 0;
            }
            return windows;
        });
    }
    return stack;
}

}  // namespace

TEST_CASE("merged runs are the union of their windows and ids") {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const std::vector<PlainRun> runs = random_runs(seed, seed % 9);
        RunMerge merge(readers_of(runs));
        PlainRun merged;
        while (merge.next_window()) {
            PlainWindow& window = merged[merge.key()];
            std::string last;
            while (merge.next_id()) {
                REQUIRE((window.ids.empty() || last < merge.id()));
                last = merge.id();
                window.ids.insert(last);
            }
            const WindowTotals totals = merge.finish_window();
            window.records = totals.records;
            REQUIRE(totals == totals_of(window));
        }
        REQUIRE(merged == united(runs));
    }
}

TEST_CASE("ids are united in the order of their bytes, whatever their beginnings are") {
    // As much as eight bytes can be, as a run that has no more ids has it too; and zeros, as which
    // missing bytes count.
    const std::string ones(8, '\xff');
    const std::string same = "12345678";
    std::vector<PlainRun> runs(3);
    runs[0][key_of(0, 0)].ids = {ones, same, std::string("a\0", 2), ""};
    runs[1][key_of(0, 0)].ids = {ones + ones, same + "9", "a", std::string(1, '\0'), same};
    runs[2][key_of(0, 0)].ids = {ones, ones + ones, std::string("a\0\0", 3), same + "8"};
    RunMerge merge(readers_of(runs));
    REQUIRE(merge.next_window());
    std::vector<std::string> ids;
    while (merge.next_id())
        ids.emplace_back(merge.id());
    REQUIRE_FALSE(merge.next_id());
    const PlainRun all = united(runs);
    const std::set<std::string>& expected = all.begin()->second.ids;
    REQUIRE(ids == std::vector<std::string>(expected.begin(), expected.end()));
    REQUIRE(merge.finish_window() == totals_of(all.begin()->second));
}

TEST_CASE("a merge may leave any window early") {
    const std::vector<PlainRun> runs = random_runs(4, 7);
    const PlainRun all = united(runs);
    RunMerge merge(readers_of(runs));
    std::size_t wanted = 0;
    for (const auto& [key, window] : all) {
        REQUIRE(merge.next_window());
        REQUIRE(merge.key() == key);
        for (std::size_t ids = 0; ids < wanted && merge.next_id(); ++ids) {
        }
        wanted = (wanted + 3) % 50;
        REQUIRE(merge.finish_window().records == window.records);
    }
    REQUIRE_FALSE(merge.next_window());
}

TEST_CASE("any number of spilled runs, merged in any number of ranges, gives all ids at once") {
    for (const std::size_t runs : {1U, 2U, 63U, 64U, 65U, 200U}) {
        const std::vector<PlainRun> plain = random_runs(runs, runs);
        const PlainRun all = united(plain);
        RunStack stack = stack_of(plain);
        REQUIRE(stack.runs() == runs);
        stack.close();

        StringSink saved;
        RunWriter save(saved, head_of_ids());
        auto expected = all.begin();
        RunAccount account;
        for (const KeyRange& range : stack.ranges(1 + runs % 3, true)) {
            stack.merge(
                range,
                [&](const WindowResult& result) {
                    REQUIRE(expected != all.end());
                    const auto& [key, window] = *expected++;
                    REQUIRE(key_of(static_cast<std::uint32_t>(result.length),
                                   result.start.time_since_epoch().count()) == key);
                    REQUIRE(result.records == window.records);
                    REQUIRE(result.exact == window.ids.size());
                    REQUIRE(result.exact_bytes ==
                            totals_of(window).id_bytes + 16 * window.ids.size());
                    REQUIRE(result.estimates == estimates_of(window, kSeed));
                    account.windows += key.length == 0 ? 1 : 0;
                },
                &save.windows());
        }
        REQUIRE(expected == all.end());
        save.finish(account);

        PlainRun first_length = all;
        std::erase_if(first_length, [](const auto& entry) { return entry.first.length != 0; });
        REQUIRE(saved.text() == bytes_of(first_length));
    }
}

TEST_CASE("runs of many blocks are shared out in ranges of about their size") {
    std::vector<PlainRun> plain(3);
    for (int i = 0; i < 120'000; ++i) {
        const auto start = std::int64_t{60} * (i % 300);
        const std::string id = std::to_string(mix64(Hash64(i)));
        plain[static_cast<std::size_t>(i % 7) % 3][key_of(0, start)].ids.insert(id);
        plain[static_cast<std::size_t>(i % 5) % 3][key_of(1, start - start % 3600)].ids.insert(id);
    }
    const PlainRun all = united(plain);
    RunStack stack = stack_of(plain);
    stack.close();
    for (const bool saves : {false, true}) {
        std::vector<std::size_t> ids;
        auto expected = all.begin();
        for (const KeyRange& range : stack.ranges(4, saves)) {
            std::size_t& in_range = ids.emplace_back(0);
            stack.merge(
                range,
                [&](const WindowResult& result) {
                    const auto& [key, window] = *expected++;
                    REQUIRE(key_of(static_cast<std::uint32_t>(result.length),
                                   result.start.time_since_epoch().count()) == key);
                    REQUIRE(result.exact == window.ids.size());
                    REQUIRE(result.estimates == estimates_of(window, kSeed));
                    in_range += window.ids.size();
                },
                nullptr);
        }
        REQUIRE(expected == all.end());
        REQUIRE(ids.size() >= 3);
        if (saves) {
            REQUIRE(ids.front() == 120'000);  // the windows of the first length, and they alone
        } else {
            for (const std::size_t in_range : ids)
                REQUIRE(in_range < 100'000);
        }
    }
}

TEST_CASE("a merge that is interrupted stops within a window") {
    PlainRun even;
    PlainRun odd;
    for (int i = 0; i < 50'000; ++i)
        (i % 2 == 0 ? even : odd)[key_of(0, 0)].ids.insert(std::to_string(mix64(Hash64(i))));
    std::atomic<bool> interrupted{false};
    RunStack stack = stack_of({even, odd}, &interrupted);
    int blocks = 0;
    WindowCoder copy([&](const CodedBlock& /*block*/) {
        ++blocks;
        interrupted = true;
    });
    int windows = 0;
    stack.close();
    REQUIRE_THROWS_AS(stack.merge(
                          {}, [&](const WindowResult& /*window*/) { ++windows; }, &copy),
                      Interrupted);
    REQUIRE(blocks == 1);
    REQUIRE(windows == 0);
}

TEST_CASE("runs that become one of the next tier are merged until it is interrupted") {
    const std::atomic<bool> interrupted{true};
    const PlainRun run = random_runs(1, 1).front();
    REQUIRE_NOTHROW(stack_of(std::vector<PlainRun>(kMergeFanIn - 1, run), &interrupted));
    REQUIRE_THROWS_AS(stack_of(std::vector<PlainRun>(kMergeFanIn, run), &interrupted), Interrupted);
}

TEST_CASE("sketch states of several runs are merged") {
    RunHead head = head_of_ids();
    head.exact = false;
    head.sketches = three_sketches();
    const std::vector<PlainRun> runs = random_runs(11, 5);
    std::vector<std::unique_ptr<RunReader>> readers;
    for (const PlainRun& plain : runs) {
        StringSink sink;
        RunWriter run(sink, head);
        RunAccount account;
        for (const auto& [key, window] : plain) {
            run.windows().begin(key);
            run.windows().add_states(states_of(window));
            run.windows().end({.records = window.records, .distinct = 0, .id_bytes = 0}, {});
            account.windows += key.length == 0 ? 1 : 0;
        }
        run.finish(account);
        readers.push_back(std::make_unique<RunReader>(source_of(sink.text())));
    }
    RunMerge merge(std::move(readers));
    for (const auto& [key, window] : united(runs)) {
        REQUIRE(merge.next_window());
        REQUIRE(merge.key() == key);
        std::vector<Sketch> sketches(three_sketches().begin(), three_sketches().end());
        merge.merge_states(sketches);
        std::string states;
        for (const Sketch& sketch : sketches) {
            states.append(reinterpret_cast<const char*>(sketch.state().data()),
                          sketch.state().size());
        }
        REQUIRE(states == states_of(window));
        REQUIRE(merge.finish_window().records == window.records);
    }
    REQUIRE_FALSE(merge.next_window());
}
