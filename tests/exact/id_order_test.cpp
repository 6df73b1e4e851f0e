#include "exact/id_order.hpp"

#include <set>
#include <string>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

void require_order_of(const std::set<std::string>& ids, std::size_t parts) {
    GroundTruth truth(3);
    for (const std::string& id : ids) {
        const Hash64 hash = hash_id(id, 5);
        const std::vector<Sighting> sighting{{{hash, id}, 0}};
        truth.add(truth.shard_of(hash), sighting);
    }
    IdOrder order(truth, parts);
    for (std::size_t part = parts; part-- > 0;)
        order.sort_part(part);
    order.rank_all();
    REQUIRE(order.size() == ids.size());
    IdRank rank = 0;
    for (const std::string& id : ids) {
        REQUIRE(order.id(rank) == id);
        REQUIRE(order.hash(rank) == hash_id(id, 5));
        ++rank;
    }
    for (std::size_t shard = 0; shard < truth.shards(); ++shard) {
        for (DenseId number = 0; number < truth.ids_of(shard).size(); ++number) {
            REQUIRE(order.id(order.rank_of(shard, number)) == truth.ids_of(shard).id_of(number));
        }
    }
}

}  // namespace

TEST_CASE("ids are ranked by their bytes, whatever they begin with and however many parts") {
    std::set<std::string> numbered;
    std::set<std::string> nested;
    std::set<std::string> bytes;
    for (std::size_t i = 0; i < 3000; ++i) {
        numbered.insert("user-00000000" + std::to_string(i * 7919 % 10'000));
        nested.insert(std::string(i % 60, 'x') + std::string(i % 3, '\0'));
        bytes.insert({static_cast<char>(i), static_cast<char>(i * 31), static_cast<char>(i / 7)});
    }
    for (const std::size_t parts : {1U, 2U, 5U}) {
        require_order_of(numbered, parts);
        require_order_of(nested, parts);
        require_order_of(bytes, parts);
        require_order_of({"alone"}, parts);
        require_order_of({}, parts);
    }
}
