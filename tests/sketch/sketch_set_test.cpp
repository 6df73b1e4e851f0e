#include "sketch/sketch_set.hpp"

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "catch2.hpp"
#include "hash_sequence.hpp"

using namespace stream_analyzer;

namespace {

/// Chains of folds, sizes that do not divide, and the same spec twice.
std::vector<SketchSpec> any_grid() {
    std::vector<SketchSpec> specs;
    for (const char* const name :
         {"hll:5", "lc:1KiB", "hll:10", "lc:200B", "lc:512B", "ull:4", "hll:9", "ull:8", "lc:300B",
          "ull:8", "hll:4", "datasketches-hll:6", "redis-hll", "datasketches-hll:12", "redis-hll",
          "datasketches-hll:4"})
        specs.push_back(parse_sketch_spec(name));
    return specs;
}

void check_equal_to_building(SketchSet& set, std::uint64_t first, std::size_t ids) {
    for (const Sketch& sketch : set.sketches()) {
        Sketch direct{sketch.spec()};
        direct.add_all(hashes_for(sketch.spec(), first, ids));
        CAPTURE(sketch.spec().name(), ids);
        CHECK(sketch == direct);
    }
}

void add(SketchSet& set, std::uint64_t first, std::size_t ids) {
    set.add_all(hash_sequence(first, ids));
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < ids; ++i)
        texts.push_back(id_text(first + i));
    set.add_texts(std::vector<std::string_view>(texts.begin(), texts.end()));
}

}  // namespace

TEST_CASE("a set of sketches holds what each would hold alone", "[sketch]") {
    const std::size_t block = GENERATE(as<std::size_t>{}, 1, 100, 4096);
    const bool is_announced = GENERATE(false, true);
    CAPTURE(block, is_announced);
    SketchSet set(any_grid());
    std::size_t added = 0;
    // Asked on the way, and with few and many hashes between.
    for (const std::size_t until : {0U, 1U, 50U, 60U, 5000U, 5001U, 30'000U}) {
        if (is_announced) set.expect(until - added);
        for (std::size_t first = added; first < until; first += block)
            add(set, first, std::min(block, until - first));
        added = until;
        check_equal_to_building(set, 0, until);
    }
    set.clear();
    check_equal_to_building(set, 0, 0);
    add(set, 3, 40);
    check_equal_to_building(set, 3, 40);
}

TEST_CASE("a wrong announcement changes nothing", "[sketch]") {
    SketchSet set(any_grid());
    set.expect(1'000'000);
    add(set, 0, 10);
    check_equal_to_building(set, 0, 10);
    set.expect(1);
    add(set, 10, 20'000);
    check_equal_to_building(set, 0, 20'010);
}

TEST_CASE("a set may be empty", "[sketch]") {
    SketchSet set({});
    set.expect(10);
    set.add_all(hash_sequence(0, 10));
    CHECK(set.sketches().empty());
}

TEST_CASE("only sketches of other systems want texts", "[sketch]") {
    const auto wants = [](const char* spec) {
        const std::vector<SketchSpec> specs{parse_sketch_spec("hll:12"), parse_sketch_spec(spec)};
        return SketchSet(specs).wants_texts();
    };
    CHECK_FALSE(wants("ull:12"));
    CHECK(wants("redis-hll"));
    CHECK(wants("datasketches-hll:12"));
}

TEST_CASE("other seeds of other systems' hashes give other registers", "[sketch]") {
    const std::vector<SketchSpec> specs{parse_sketch_spec("redis-hll"),
                                        parse_sketch_spec("datasketches-hll:12")};
    const std::vector<std::string_view> ids{"a", "b", "c"};
    SketchSet usual(specs);
    usual.add_texts(ids);
    SketchSet other(specs);
    other.add_texts(ids, {.redis = 1, .datasketches = 1});
    for (std::size_t i = 0; i < specs.size(); ++i) {
        CHECK_FALSE(usual.sketches()[i] == other.sketches()[i]);
        CHECK(std::round(other.sketches()[i].estimate().value) == 3);
    }
}
