#include "sketch/id_block.hpp"

#include <string>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

std::vector<SketchSpec> specs_of(const std::vector<std::string>& names) {
    std::vector<SketchSpec> specs;
    for (const std::string& name : names)
        specs.push_back(parse_sketch_spec(name));
    return specs;
}

std::string id_of(int number) {
    return "user" + std::to_string(number);
}

}  // namespace

TEST_CASE("a block hands each sketch the hash that it takes", "[sketch][id_block]") {
    const auto specs = specs_of({"hll:8", "redis-hll", "datasketches-hll:8"});
    IdBlock block(specs);
    std::vector<Sketch> fed(specs.begin(), specs.end());
    std::vector<Sketch> expected = fed;
    for (int i = 0; i < 100; ++i) {
        const Hash64 hash = hash_id(id_of(i), 7);
        block.add(hash, id_of(i));
        expected[0].add(hash);
        expected[1].add(redis_hash(id_of(i)));
        expected[2].add(datasketches_coupon(id_of(i)));
    }
    CHECK(block.size() == 100);
    block.feed(fed);
    CHECK(fed == expected);
    block.clear();
    CHECK(block.empty());
    block.feed(fed);
    CHECK(fed == expected);
}

TEST_CASE("texts are wanted only for sketches of other systems", "[sketch][id_block]") {
    CHECK_FALSE(IdBlock(specs_of({"lc:4KiB", "hll:12", "ull:12"})).wants_texts());
    CHECK(IdBlock(specs_of({"lc:4KiB", "redis-hll"})).wants_texts());
    CHECK(IdBlock(specs_of({"datasketches-hll:12"})).wants_texts());
}

TEST_CASE("kept ids come back as they were", "[sketch][id_block]") {
    const auto names =
        GENERATE(as<std::vector<std::string>>{}, std::vector<std::string>{"hll:8"},
                 std::vector<std::string>{"redis-hll"},
                 std::vector<std::string>{"datasketches-hll:8", "ull:8"},
                 std::vector<std::string>{"hll:8", "datasketches-hll:8", "redis-hll"});
    const auto specs = specs_of(names);
    IdBlock block(specs);
    std::vector<Hash64> kept;
    for (int i = 0; i < 20; ++i) {
        block.add(hash_id(id_of(i), 0), id_of(i));
        if (i != 9) continue;
        block.append_to(kept);
        block.clear();
    }
    block.append_to(kept);
    CHECK(kept.size() == 20 * block.hashes_per_id());

    std::vector<Sketch> direct(specs.begin(), specs.end());
    std::vector<Sketch> restored = direct;
    IdBlock all(specs);
    for (int i = 0; i < 20; ++i)
        all.add(hash_id(id_of(i), 0), id_of(i));
    all.feed(direct);
    IdBlock again(specs);
    again.add_kept(kept);
    CHECK(again.size() == 20);
    again.feed(restored);
    CHECK(restored == direct);
}
