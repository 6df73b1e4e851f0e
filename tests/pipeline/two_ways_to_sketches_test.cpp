// Sketches built from a window's distinct ids equal, byte for byte, those that threads built from
// their records and merged.
#include <set>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "exact/ground_truth.hpp"
#include "pipeline/sketch_windows.hpp"

namespace stream_analyzer {
namespace {

struct Record {
    WindowNumber window;
    std::string id;
};

std::vector<Record> sample_records() {
    std::vector<Record> records;
    Hash64 random = 1;
    for (int i = 0; i < 60'000; ++i) {
        random = mix64(random + 0x9e3779b97f4a7c15U);
        const auto window = static_cast<WindowNumber>(i / 15'000 + (random % 7 == 0 ? 1 : 0));
        records.push_back({window, "user" + std::to_string(random % 20'000)});
    }
    return records;
}

TEST_CASE("sketches from distinct ids equal sketches merged from threads, by state") {
    std::vector<SketchSpec> specs;
    for (const char* spec : {"lc:8B", "lc:4KiB", "lc:20KB", "hll:4", "hll:12", "ull:3", "ull:12",
                             "redis-hll", "datasketches-hll:4", "datasketches-hll:12"}) {
        specs.push_back(parse_sketch_spec(spec));
    }
    const std::vector<Record> records = sample_records();
    constexpr std::size_t kThreads = 3;
    GroundTruth truth(kThreads);
    std::vector<SketchWindows> threads(kThreads, SketchWindows(specs));
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Hash64 hash = hash_id(records[i].id, 9);
        const Sighting sighting{{hash, records[i].id}, records[i].window};
        truth.add(truth.shard_of(hash), std::span(&sighting, 1));
        threads[i * 7 % kThreads].add(records[i].window, hash, records[i].id);
    }
    const std::vector<std::vector<WindowNumber>> unions{{0}, {1}, {2}, {3}, {4}, {0, 1, 2, 3, 4},
                                                        {7}};
    for (const std::vector<WindowNumber>& windows : unions) {
        std::vector<Sketch> from_ids(specs.begin(), specs.end());
        const ExactCount exact = truth.count(
            windows,
            [&](std::span<const Hash64> hashes) {
                for (Sketch& sketch : from_ids) {
                    if (sketch.spec().id_hash() == IdHash::own) sketch.add_all(hashes);
                }
            },
            [&](std::span<const std::string_view> ids) {
                IdBlock block(specs);
                for (const std::string_view id : ids)
                    block.add_text(id);
                block.feed(from_ids);
            });
        std::vector<Sketch> merged(specs.begin(), specs.end());
        for (SketchWindows& thread : threads) {
            thread.flush();
            for (const WindowNumber window : windows) {
                thread.merge_into(window, merged);
            }
        }
        REQUIRE(from_ids == merged);
        REQUIRE((exact.distinct == 0) == (windows.front() == 7));
    }
}

}  // namespace
}  // namespace stream_analyzer
