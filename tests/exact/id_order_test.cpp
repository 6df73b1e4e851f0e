#include "exact/id_order.hpp"

#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

using Ids = std::set<std::string>;

void fill(GroundTruth& truth, const Ids& ids) {
    for (const std::string& id : ids) {
        const Hash64 hash = hash_id(id, 5);
        const std::vector<Sighting> sighting{{{hash, id}, 0}};
        truth.add(truth.shard_of(hash), sighting);
    }
}

void require_order_of(const Ids& ids, const GroundTruth& truth, const IdOrder& order) {
    REQUIRE(order.size() == ids.size());
    IdRank rank = 0;
    bool has_long = false;
    for (const std::string& id : ids) {
        REQUIRE(order.id(rank) == id);
        REQUIRE(order.hash(rank) == hash_id(id, 5));
        has_long |= id.size() > PackedId::kShort_bytes;
        ++rank;
    }
    REQUIRE(order.has_long_texts() == has_long);
    for (std::size_t shard = 0; shard < truth.shards(); ++shard) {
        for (DenseId number = 0; number < truth.ids_of(shard).size(); ++number) {
            REQUIRE(order.id(order.ranks().of(shard, number)) == truth.ids_of(shard).id_of(number));
        }
    }
}

// One thread after the other, the last first.
OnThreads in_turn(unsigned threads) {
    return [threads](const std::function<void(unsigned)>& work) {
        for (unsigned thread = threads; thread-- > 0;)
            work(thread);
    };
}

void require_order_of(const Ids& ids) {
    GroundTruth truth(3);
    fill(truth, ids);
    for (const unsigned threads : {1U, 2U, 5U, 40U})  // as many shards as 16
        require_order_of(ids, truth, IdOrder(truth, threads, in_turn(threads)));
}

// Texts that no rule made, of bytes below `bytes`.
std::string random_text(Hash64 random, std::size_t length, unsigned bytes) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i)
        text.push_back(static_cast<char>(mix64(random + i) % bytes));
    return text;
}

}  // namespace

TEST_CASE("ids are ranked by their bytes, whatever they share and however many threads") {
    Ids numbered;
    Ids nested;
    Ids bytes;
    Ids random;
    for (std::size_t i = 0; i < 3000; ++i) {
        numbered.insert("user-00000000" + std::to_string(i * 7919 % 10'000));
        nested.insert(std::string(i % 60, 'x') + std::string(i % 3, '\0'));
        bytes.insert({static_cast<char>(i), static_cast<char>(i * 31), static_cast<char>(i / 7)});
        random.insert(random_text(i * 100, i % 40, 256));
    }
    require_order_of(numbered);
    require_order_of(nested);
    require_order_of(bytes);
    require_order_of(random);
}

TEST_CASE("one id is in order, and so is none") {
    require_order_of({"alone"});
    require_order_of(Ids{""});
    require_order_of({std::string(100, 'x')});
    require_order_of({});
}

TEST_CASE("a byte above 0x7f comes behind those of ASCII") {
    require_order_of({"a", "\x7f", "\x80", "\xff", "\xc3\xa4", "z\xff", "z\x01", "zz"});
}

TEST_CASE("an id comes ahead of those that it begins, of zeros too") {
    const std::string zero(1, '\0');
    require_order_of({"", zero, zero + zero, "a", "a" + zero, "a" + zero + "b", "ab"});
}

TEST_CASE("ids whose keys are equal are ranked by what is behind") {
    // Keys are the eight bytes behind what all share: here nothing, for the sake of one.
    Ids few{"other"};
    Ids many{"other"};
    for (std::size_t i = 0; i < 2000; ++i) {
        few.insert("12345678" + std::string(i % 12, 'z'));
        many.insert("12345678" + random_text(i * 100, 1 + i % 20, 256));
    }
    require_order_of(few);
    require_order_of(many);
}

TEST_CASE("a prefix that most ids share is not taken for that of all") {
    Ids ids;
    for (std::size_t i = 0; i < 2000; ++i)
        ids.insert("a-long-prefix-" + std::to_string(i));
    require_order_of(ids);
    for (const char* const other : {"a-long", "a-long-", "a-longer-one", "a-short-one", "b", ""}) {
        ids.insert(other);
        require_order_of(ids);
    }
}

TEST_CASE("ids that share a digit but for a few are ranked all the same") {
    // Nearly all in one bucket of the first digit, and of the second.
    Ids ids;
    for (unsigned byte = 0; byte < 256; ++byte) {
        ids.insert(std::string(1, static_cast<char>(byte)));
        ids.insert("aaa" + std::string(1, static_cast<char>(byte)));
    }
    for (std::size_t i = 0; i < 5000; ++i)
        ids.insert("aaaaa" + random_text(i * 100, 2 + i % 5, 64));
    require_order_of(ids);
}

TEST_CASE("threads that work at the same time rank ids as one does") {
    Ids ids;
    for (std::size_t i = 0; i < 20'000; ++i)
        ids.insert(random_text(i * 100, 10 + i % 30, 16));
    GroundTruth truth(3);
    fill(truth, ids);
    const IdOrder order(truth, 3, [](const std::function<void(unsigned)>& work) {
        std::vector<std::jthread> threads;
        for (unsigned thread = 0; thread < 3; ++thread)
            threads.emplace_back(work, thread);
    });
    require_order_of(ids, truth, order);
}
