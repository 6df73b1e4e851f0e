#include "sketch/sketch_set.hpp"

#include <string>
#include <vector>

#include "catch2.hpp"
#include "hash_sequence.hpp"

using namespace stream_analyzer;

namespace {

/// Chains of folds, sizes that do not divide, and the same spec twice.
std::vector<SketchSpec> any_grid() {
    std::vector<SketchSpec> specs;
    for (const char* const name : {"hll:5", "lc:1KiB", "hll:10", "lc:200B", "lc:512B", "ull:4",
                                   "hll:9", "ull:8", "lc:300B", "ull:8", "hll:4"})
        specs.push_back(parse_sketch_spec(name));
    return specs;
}

void check_equal_to_building(SketchSet& set, std::uint64_t first, std::size_t ids) {
    const auto hashes = hash_sequence(first, ids);
    for (const Sketch& sketch : set.sketches()) {
        Sketch direct{sketch.spec()};
        direct.add_all(hashes);
        CAPTURE(sketch.spec().name(), ids);
        CHECK(sketch == direct);
    }
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
        const auto hashes = hash_sequence(added, until - added);
        for (std::size_t first = 0; first < hashes.size(); first += block)
            set.add_all(std::span(hashes).subspan(first, std::min(block, hashes.size() - first)));
        added = until;
        check_equal_to_building(set, 0, until);
    }
    set.clear();
    check_equal_to_building(set, 0, 0);
    set.add_all(hash_sequence(3, 40));
    check_equal_to_building(set, 3, 40);
}

TEST_CASE("a wrong announcement changes nothing", "[sketch]") {
    SketchSet set(any_grid());
    set.expect(1'000'000);
    set.add_all(hash_sequence(0, 10));
    check_equal_to_building(set, 0, 10);
    set.expect(1);
    set.add_all(hash_sequence(10, 20'000));
    check_equal_to_building(set, 0, 20'010);
}

TEST_CASE("a set may be empty", "[sketch]") {
    SketchSet set({});
    set.expect(10);
    set.add_all(hash_sequence(0, 10));
    CHECK(set.sketches().empty());
}
