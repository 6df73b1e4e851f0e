#include "exact/hash_order.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

using HashOf = Hash64 (*)(const std::string&);

Hash64 usual_hash(const std::string& id) {
    return hash_id(id, 5);
}

// Many share their hash, and many more the cell that it chooses, at the end of the table too.
Hash64 crowded_hash(const std::string& id) {
    const Hash64 hash = hash_id(id, 5);
    return hash % 3 == 0 ? hash % 7
                         : (hash % 3 == 1 ? ~Hash64{0} << 32U | 0xffffff00U : hash) + hash % 5;
}

std::set<std::string> sample_ids(std::size_t size) {
    std::set<std::string> ids{"", std::string(PackedId::kShort_bytes, 'x'), std::string(254, 'y'),
                              std::string(255, 'y'), std::string(300'000, 'z')};
    for (std::size_t i = 0; ids.size() < size; ++i)
        ids.insert(std::to_string(mix64(i)).substr(0, 1 + i % 19));
    return ids;
}

void require_order(const std::set<std::string>& ids, HashOf hash_of, unsigned threads) {
    GroundTruth truth(threads);
    const PlaceKeys keys(truth.shard_bits());
    std::set<std::pair<PlaceKey, std::string>> expected;
    for (const std::string& id : ids) {
        const Hash64 hash = hash_of(id);
        const std::vector<Sighting> sighting{{{hash, id}, 0}};
        truth.add(truth.shard_of(hash), sighting);
        expected.emplace(keys.key_of(hash), id);
    }
    const HashOrder order(truth, threads, [threads](const auto& work) {
        std::vector<std::jthread> running;
        for (unsigned thread = 0; thread < threads; ++thread)
            running.emplace_back([&work, thread] { work(thread); });
    });

    REQUIRE(order.size() == ids.size());
    IdRank rank = 0;
    std::map<PlaceKey, std::uint32_t> twins;
    for (const auto& [key, text] : expected) {
        REQUIRE(order.key(rank) == key);
        const std::uint32_t shard = keys.shard_of(key);
        REQUIRE(order.begin_of(shard) <= rank);
        REQUIRE(rank < order.begin_of(shard + std::size_t{1}));
        REQUIRE(order.text(shard, rank) == text);
        const KeyedId id = order.id(rank);
        REQUIRE(id.key == key);
        REQUIRE(id.length == text.size());
        REQUIRE(id.twin == twins[key]++);
        REQUIRE((order.mark(rank) == kOddMark) == id.is_odd());
        if (!id.is_odd()) REQUIRE(order.mark(rank) == id.length);
        ++rank;
    }
    for (std::size_t shard = 0; shard < truth.shards(); ++shard) {
        for (DenseId number = 0; number < truth.ids_of(shard).size(); ++number) {
            const IdRank found = order.ranks().of(shard, number);
            REQUIRE(order.text(shard, found) == truth.ids_of(shard).id_of(number));
        }
    }
}

}  // namespace

TEST_CASE("keys are hashes with their bits in another order") {
    for (const unsigned bits : {1U, 2U, 6U, 31U}) {
        const PlaceKeys keys(bits);
        for (Hash64 i = 0; i < 1000; ++i) {
            const Hash64 hash = i < 2 ? ~i : mix64(i);
            REQUIRE(keys.hash_of(keys.key_of(hash)) == hash);
            REQUIRE(keys.shard_of(keys.key_of(hash)) == hash >> (64U - bits));
            // Of one shard the low halves decide, which choose the cells.
            const Hash64 next = (hash & ~Hash64{0xffffffff}) | ((hash & 0xffffffff) + 1);
            if ((hash & 0xffffffff) != 0xffffffff) REQUIRE(keys.key_of(hash) < keys.key_of(next));
        }
    }
}

TEST_CASE("ids are put in the order of their keys, however full their table is") {
    for (const std::size_t size : {5U, 300U, 3000U, 6100U, 6500U, 50'000U}) {
        for (const unsigned threads : {1U, 3U})
            require_order(sample_ids(size), usual_hash, threads);
    }
}

TEST_CASE("ids that share their hash are told apart by their texts, at any place of the table") {
    require_order(sample_ids(700), crowded_hash, 2);
    require_order(
        sample_ids(3000), [](const std::string& id) { return Hash64{id.size() % 2}; }, 1);
}

TEST_CASE("an order of no ids is empty") {
    require_order({}, usual_hash, 2);
}
