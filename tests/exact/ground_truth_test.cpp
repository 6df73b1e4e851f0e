#include "exact/ground_truth.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <thread>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

using Windows = std::map<std::uint32_t, std::set<std::string>>;

// Feeds the part of the pairs (window, id) that belongs to this thread, in batches by shard.
void feed(GroundTruth& truth, const Windows& windows, unsigned thread, unsigned threads) {
    std::vector<std::vector<Sighting>> pending(truth.shards());
    std::size_t i = 0;
    for (const auto& [window, ids] : windows) {
        for (const std::string& id : ids) {
            if (i++ % threads != thread) continue;
            const Hash64 hash = hash_id(id, 0);
            std::vector<Sighting>& batch = pending[truth.shard_of(hash)];
            batch.push_back({{hash, id}, window});
            batch.push_back({{hash, id}, window});
            if (batch.size() >= 64) {
                truth.add(truth.shard_of(hash), batch);
                batch.clear();
            }
        }
    }
    for (std::size_t shard = 0; shard < pending.size(); ++shard) {
        truth.add(shard, pending[shard]);
    }
}

Windows sample_windows() {
    Windows windows;
    for (std::uint32_t window = 0; window < 40; ++window) {
        for (std::uint64_t i = 0; i < window * 37; ++i) {
            windows[window].insert("user" + std::to_string(mix64(i * 41 + window) % 3000));
        }
    }
    return windows;
}

struct Counted {
    ExactCount exact;
    std::vector<Hash64> hashes;  // sorted
};

Counted count(const GroundTruth& truth, const std::vector<std::uint32_t>& windows) {
    Counted counted;
    counted.exact = truth.count(windows, [&](std::span<const Hash64> block) {
        counted.hashes.insert(counted.hashes.end(), block.begin(), block.end());
    });
    std::ranges::sort(counted.hashes);
    return counted;
}

void require_equal(const Counted& counted, const std::set<std::string>& ids) {
    std::vector<Hash64> hashes;
    std::uint64_t id_bytes = 0;
    for (const std::string& id : ids) {
        hashes.push_back(hash_id(id, 0));
        id_bytes += id.size();
    }
    std::ranges::sort(hashes);
    REQUIRE(counted.exact.distinct == ids.size());
    REQUIRE(counted.exact.id_bytes == id_bytes);
    REQUIRE(counted.hashes == hashes);
}

TEST_CASE("every window and every union of windows counts its distinct ids, for any threads") {
    const unsigned threads = GENERATE(1U, 2U, 5U);
    const Windows windows = sample_windows();
    GroundTruth truth(threads);
    {
        std::vector<std::jthread> running;
        for (unsigned thread = 0; thread < threads; ++thread) {
            running.emplace_back([&, thread] { feed(truth, windows, thread, threads); });
        }
    }
    for (const auto& [window, ids] : windows) {
        require_equal(count(truth, {window}), ids);
    }
    std::set<std::string> united;
    std::vector<std::uint32_t> numbers;
    for (const auto& [window, ids] : windows) {
        united.insert(ids.begin(), ids.end());
        numbers.push_back(window);
        require_equal(count(truth, numbers), united);
    }
}

TEST_CASE("a window that was never seen is empty, and counting needs no taker of hashes") {
    GroundTruth truth(1);
    feed(truth, {{3, {"a", "bc"}}}, 0, 1);
    REQUIRE(count(truth, {9}).exact.distinct == 0);
    REQUIRE(count(truth, {0, 9}).exact.distinct == 0);
    const std::vector<std::uint32_t> windows{3};
    const ExactCount exact = truth.count(windows, {});
    REQUIRE(exact.distinct == 2);
    REQUIRE(exact.set_bytes() == 3 + 2 * ExactCount::kPerId_bytes);
}

TEST_CASE("ids with equal hashes stay different ids: the truth holds ids, not hashes") {
    GroundTruth truth(1);
    const Hash64 hash = 77;
    const std::vector<Sighting> sightings{{{hash, "a"}, 0}, {{hash, "b"}, 0}, {{hash, "a"}, 0}};
    truth.add(truth.shard_of(hash), sightings);
    REQUIRE(count(truth, {0}).exact.distinct == 2);
}

}  // namespace
}  // namespace stream_analyzer
