// Runs with keys instead of ids, against plain sets.
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catch2.hpp"
#include "exact/ground_truth.hpp"
#include "run_fixture.hpp"
#include "sketch/sketch.hpp"
#include "store/run_ids.hpp"
#include "store/run_stack.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

constexpr std::uint64_t kSeed = 17;
constexpr unsigned kShardBits = 3;

using HashOf = Hash64 (*)(const std::string&);

Hash64 usual_hash(const std::string& id) {
    return hash_id(id, kSeed);
}

// A third of the ids shares its hash with others.
Hash64 shared_hash(const std::string& id) {
    const Hash64 hash = usual_hash(id);
    if (hash % 3 != 0) return hash;
    return hash % 2 == 0 ? hash % 5 << 61U : ~Hash64{0} - hash % 4;
}

// No keys that are spread evenly: half of them side by side.
Hash64 crowded_hash(const std::string& id) {
    const Hash64 hash = usual_hash(id);
    return hash % 2 == 0 ? hash >> 20U : hash;
}

RunHead head_of_keys() {
    RunHead head = head_of_ids();
    head.keys.emplace(kShardBits);
    head.sketches = {{SketchFamily::linear_counting, 64}, {SketchFamily::hyperloglog, 6}};
    return head;
}

EstimateRow estimates_of(const PlainWindow& window, HashOf hash_of) {
    EstimateRow row;
    for (const SketchSpec& spec : head_of_keys().sketches) {
        Sketch sketch(spec);
        for (const std::string& id : window.ids)
            sketch.add(hash_of(id));
        row.push_back(sketch.estimate());
    }
    return row;
}

// Ids of a run in the order of their keys, with what counting knows of them.
std::map<std::pair<PlaceKey, std::string>, KeyedId> keyed_ids(const PlainRun& plain,
                                                              HashOf hash_of) {
    const PlaceKeys keys(kShardBits);
    std::map<std::pair<PlaceKey, std::string>, KeyedId> ids;
    for (const auto& [key, window] : plain) {
        for (const std::string& id : window.ids)
            ids[{keys.key_of(hash_of(id)), id}] = {};
    }
    std::map<PlaceKey, std::uint32_t> twins;
    for (auto& [id, keyed] : ids) {
        keyed = {.key = id.first,
                 .length = static_cast<std::uint32_t>(id.second.size()),
                 .twin = twins[id.first]++};
    }
    return ids;
}

std::uint64_t write_keyed(const PlainRun& plain, HashOf hash_of, std::size_t lacking,
                          RunWriter& run) {
    const PlaceKeys keys(kShardBits);
    const auto ids = keyed_ids(plain, hash_of);
    RunIdsCoder coder([&](const CodedBlock& block) { run.append(block); });
    std::uint32_t shard = keys.shards();
    for (const auto& [id, keyed] : ids) {
        const std::uint32_t its_shard = keys.shard_of(id.first);
        if (its_shard != std::exchange(shard, its_shard)) coder.begin_shard(its_shard);
        std::string padded = id.second;
        padded.resize(padded.size() + RunIdsCoder::kPadding_bytes);
        coder.add(id.first, std::string_view(padded).substr(0, id.second.size()));
    }
    coder.flush();
    std::uint64_t windows = 0;
    for (const auto& [key, window] : plain) {
        const bool lacks_row = windows % 3 == lacking % 3;
        run.windows().begin(key, lacks_row);
        std::map<std::pair<PlaceKey, std::string>, KeyedId> sorted;
        for (const std::string& id : window.ids) {
            const std::pair name(keys.key_of(hash_of(id)), id);
            sorted.emplace(name, ids.at(name));
        }
        for (const auto& [id, keyed] : sorted)
            run.windows().add_key(keyed);
        run.windows().end(totals_of(window),
                          lacks_row ? EstimateRow() : estimates_of(window, hash_of));
        windows += key.length == 0 ? 1 : 0;
    }
    return windows;
}

void require_union(const std::vector<PlainRun>& runs, HashOf hash_of) {
    RunStack stack(std::filesystem::temp_directory_path(), head_of_keys(), kSeed, nullptr);
    PlainRun all;
    for (const PlainRun& plain : runs) {
        stack.push([&](RunWriter& run) { return write_keyed(plain, hash_of, all.size(), run); });
        for (const auto& [key, window] : plain) {
            all[key].records += window.records;
            all[key].ids.insert(window.ids.begin(), window.ids.end());
        }
    }
    stack.close();
    IdTwins twins;
    for (std::uint32_t shard = 0; shard < PlaceKeys(kShardBits).shards(); ++shard)
        twins.add(stack.twins_of(shard));
    twins.sort();
    REQUIRE(twins.empty() == (hash_of != shared_hash));

    auto expected = all.begin();
    for (const KeyRange& range : stack.ranges(3, false)) {
        stack.merge(
            range,
            [&](const WindowResult& window) {
                REQUIRE(expected != all.end());
                REQUIRE(window.length == expected->first.length);
                REQUIRE(window.start == expected->first.start);
                REQUIRE(window.records == expected->second.records);
                const WindowTotals totals = totals_of(expected->second);
                REQUIRE(window.exact == totals.distinct);
                REQUIRE(window.exact_bytes ==
                        totals.id_bytes + ExactCount::kPerId_bytes * totals.distinct);
                REQUIRE(window.estimates == estimates_of(expected->second, hash_of));
                ++expected;
            },
            nullptr, twins);
    }
    REQUIRE(expected == all.end());
}

std::vector<PlainRun> random_runs(std::uint64_t seed, std::size_t runs) {
    std::vector<PlainRun> plain;
    for (std::size_t i = 0; i < runs; ++i)
        plain.push_back(random_run(seed * 1000 + i, 1 + (seed + i) % 30, 60, 1 + i % 14));
    return plain;
}

// One window of many ids, of which runs share some.
std::vector<PlainRun> large_runs() {
    std::vector<PlainRun> runs(3);
    for (std::size_t run = 0; run < runs.size(); ++run) {
        PlainWindow& window = runs[run][key_of(0, 60)];
        for (std::uint64_t i = 0; i < 40'000; ++i)
            window.ids.insert(std::to_string(mix64(i * (run + 1)) % 60'000));
        window.ids.insert(std::string(500 + run % 2, 'x'));
        window.ids.insert(std::string(3 * kMostBlock_bytes, 'y'));
        window.records = 40'000;
    }
    return runs;
}

}  // namespace

TEST_CASE("merged keys give the windows that merged ids would give") {
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        require_union(random_runs(seed, seed % 9), usual_hash);
    require_union(large_runs(), usual_hash);
}

TEST_CASE("ids that share their hash are counted apart, in whichever runs they are") {
    for (std::uint64_t seed = 20; seed < 40; ++seed)
        require_union(random_runs(seed, 2 + seed % 9), shared_hash);
    require_union(large_runs(), shared_hash);
}

TEST_CASE("keys that crowd are united as well as those that are spread evenly") {
    require_union(large_runs(), crowded_hash);
}

TEST_CASE("so many runs with keys that they are merged tier by tier give the same") {
    require_union(random_runs(3, 2 * kMergeFanIn + 5), usual_hash);
    require_union(random_runs(4, kMergeFanIn + 1), shared_hash);
}

TEST_CASE("a run with keys is no part that can be read") {
    StringSink sink;
    RunWriter run(sink, head_of_keys());
    run.finish({});
    REQUIRE_THROWS_WITH(RunReader(source_of(sink.text())),
                        "PART is damaged: its head is not understood");
}
