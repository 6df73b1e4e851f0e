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

TEST_CASE("memory grows with ids and windows, and is given back by clear") {
    GroundTruth truth(1);
    const std::size_t empty_bytes = truth.memory_bytes();
    std::vector<std::string> ids;
    for (int i = 0; i < 10'000; ++i)
        ids.push_back("a longer id than fits an entry " + std::to_string(i));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const Hash64 hash = hash_id(ids[i], 0);
        const std::vector<Sighting> sighting{{{hash, ids[i]}, static_cast<std::uint32_t>(i % 10)}};
        truth.add(truth.shard_of(hash), sighting);
    }
    // At least the texts, the entries of 32 bytes and the numbers of the sets.
    CHECK(truth.memory_bytes() - empty_bytes >= ids.size() * (ids[0].size() + 32 + 4));
    CHECK(truth.memory_bytes() - empty_bytes < ids.size() * 250 + (std::size_t{4} << 20U));
    CHECK(truth.ids() == ids.size());
    CHECK(truth.size_of(3) == ids.size() / 10);
    CHECK(truth.size_of(77) == 0);
    truth.clear();
    CHECK(truth.memory_bytes() == empty_bytes);
    CHECK(truth.count(std::vector<std::uint32_t>{3}, {}).distinct == 0);
}

TEST_CASE("a ground truth that begins anew knows nothing of what it counted before") {
    GroundTruth truth(2);
    const auto add = [&](int first, int last, std::uint32_t window) {
        for (int i = first; i < last; ++i) {
            const std::string id = std::to_string(i);
            const Hash64 hash = hash_id(id, 0);
            const std::vector<Sighting> sighting{{{hash, id}, window}};
            truth.add(truth.shard_of(hash), sighting);
        }
    };
    add(0, 40'000, 3);
    const std::size_t used_bytes = truth.memory_bytes();
    truth.begin_anew(true);
    CHECK(truth.ids() == 0);
    CHECK(truth.size_of(3) == 0);
    CHECK(truth.memory_bytes() < used_bytes);
    add(39'000, 79'000, 1);
    CHECK(truth.ids() == 40'000);
    CHECK(truth.size_of(3) == 0);
    CHECK(truth.count(std::vector<std::uint32_t>{1, 3}, {}).distinct == 40'000);
    truth.begin_anew(true);
    const std::size_t kept_bytes = truth.memory_bytes();
    add(0, 40'000, 1);
    truth.begin_anew(false);
    CHECK(truth.memory_bytes() * 2 == kept_bytes);
    CHECK(truth.ids() == 0);
    truth.clear();
    CHECK(truth.memory_bytes() == GroundTruth(2).memory_bytes());
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
