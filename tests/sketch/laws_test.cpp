// The laws every sketch obeys, whatever its family and size.
#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catch2.hpp"
#include "hash_sequence.hpp"
#include "sketch/sketch.hpp"

using namespace stream_analyzer;

namespace {

/// Sizes below, at and above what the ids of these tests need; the ends of every range.
SketchSpec any_spec() {
    return parse_sketch_spec(GENERATE(as<std::string>{}, "lc:8B", "lc:100B", "lc:4KiB", "lc:4MiB",
                                      "hll:4", "hll:12", "hll:18", "ull:3", "ull:12", "ull:18",
                                      "redis-hll", "datasketches-hll:4", "datasketches-hll:12",
                                      "datasketches-hll:21"));
}

Sketch sketch_of(const SketchSpec& spec, std::span<const Hash64> hashes) {
    Sketch sketch{spec};
    sketch.add_all(hashes);
    return sketch;
}

constexpr std::size_t kIds = 3000;

}  // namespace

TEST_CASE("an empty sketch estimates zero", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    const Sketch empty{spec};
    CHECK(empty.estimate() == SketchEstimate{.value = 0, .saturated = false});
    CHECK(std::all_of(empty.state().begin(), empty.state().end(), [](auto b) { return b == 0; }));
    CHECK(sketch_of(spec, {}) == empty);
}

TEST_CASE("an id changes the empty sketch", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    const Sketch one = sketch_of(spec, hashes_for(spec, 1, 1));
    CHECK_FALSE(one == Sketch{spec});
    CHECK(one.estimate().value > 0);
}

TEST_CASE("adding all at once equals adding one by one", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    const auto hashes = hashes_for(spec, 1, kIds);
    Sketch one_by_one{spec};
    for (const Hash64 hash : hashes)
        one_by_one.add(hash);
    CHECK(one_by_one == sketch_of(spec, hashes));
}

TEST_CASE("duplicates change nothing", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    const auto hashes = hashes_for(spec, 1, kIds);
    const Sketch once = sketch_of(spec, hashes);
    Sketch twice = once;
    twice.add_all(hashes);
    CHECK(twice == once);
}

TEST_CASE("order is irrelevant", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    auto hashes = hashes_for(spec, 1, kIds);
    const Sketch forward = sketch_of(spec, hashes);
    std::reverse(hashes.begin(), hashes.end());
    CHECK(sketch_of(spec, hashes) == forward);
    std::sort(hashes.begin(), hashes.end());
    CHECK(sketch_of(spec, hashes) == forward);
}

TEST_CASE("merged shards equal the whole, by state", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    const std::size_t shards = GENERATE(as<std::size_t>{}, 1, 2, 7);
    CAPTURE(spec.name(), shards);
    const auto hashes = hashes_for(spec, 1, kIds);
    std::vector<Sketch> parts(shards, Sketch{spec});
    // Neighbouring shards share hashes, as the chunks of a dump share users.
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        parts[i % shards].add(hashes[i]);
        if (i % 3 == 0) parts[(i + 1) % shards].add(hashes[i]);
    }
    Sketch merged{spec};
    for (const Sketch& part : parts)
        merged.merge(part);
    const Sketch whole = sketch_of(spec, hashes);
    CHECK(merged == whole);
    CHECK(std::equal(merged.state().begin(), merged.state().end(), whole.state().begin(),
                     whole.state().end()));
    CHECK(merged.estimate() == whole.estimate());
}

TEST_CASE("merging is commutative, associative and idempotent", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    const Sketch a = sketch_of(spec, hashes_for(spec, 1, 20));
    const Sketch b = sketch_of(spec, hashes_for(spec, 11, 1000));
    const Sketch c = sketch_of(spec, hashes_for(spec, 900, 5000));
    const auto merged = [](Sketch left, const Sketch& right) {
        left.merge(right);
        return left;
    };
    CHECK(merged(a, b) == merged(b, a));
    CHECK(merged(merged(a, b), c) == merged(a, merged(b, c)));
    CHECK(merged(c, c) == c);
    CHECK(merged(merged(a, b), a) == merged(a, b));
    CHECK(merged(a, Sketch{spec}) == a);
    CHECK(merged(Sketch{spec}, a) == a);
}

TEST_CASE("a cleared sketch equals a fresh one and keeps its memory", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    Sketch reused = sketch_of(spec, hashes_for(spec, 1, kIds));
    const auto* const memory = reused.state().data();
    reused.clear();
    CHECK(reused == Sketch{spec});
    CHECK(reused.state().data() == memory);
    reused.add_all(hashes_for(spec, 50, 10));
    CHECK(reused == sketch_of(spec, hashes_for(spec, 50, 10)));
}

TEST_CASE("the first ids count alike whether they are noted or not", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    Sketch noted{spec};
    Sketch merged{spec};
    for (std::size_t ids = 0; ids < 3 * TouchedCells::kMost; ++ids) {
        CAPTURE(ids);
        REQUIRE(noted == merged);
        REQUIRE(noted.estimate() == merged.estimate());
        const Sketch one = sketch_of(spec, hashes_for(spec, ids, 1));
        merged.merge(one);
        noted.add_all(hashes_for(spec, ids, 1));
        noted.add_all(hashes_for(spec, 0, std::min<std::size_t>(ids, 2)));  // again
    }
    for (const std::size_t ids : {1U, 5U, 31U, 32U, 33U, 200U}) {
        CAPTURE(ids);
        noted.clear();
        REQUIRE(noted == Sketch{spec});
        noted.add_all(hashes_for(spec, 7, ids));
        merged.clear();
        merged.merge(noted);
        REQUIRE(noted.estimate() == merged.estimate());
    }
}

TEST_CASE("a handful of ids costs the same in a sketch of any size", "[sketch][laws]") {
    // Were the whole state visited each time, this would be 20 TB of memory traffic.
    Sketch sketch{parse_sketch_spec("lc:100MiB")};
    const auto hashes = hash_sequence(1, 5);
    double sum = 0;
    for (int window = 0; window < 100'000; ++window) {
        sketch.clear();
        sketch.add_all(hashes);
        sum += sketch.estimate().value;
    }
    CHECK(sum > 499'000);
}

TEST_CASE("a stored state merges like the sketch that had it", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    const Sketch other = sketch_of(spec, hashes_for(spec, 200, kIds));
    Sketch merged = sketch_of(spec, hashes_for(spec, 1, kIds));
    Sketch from_state = merged;
    merged.merge(other);
    from_state.merge_state(other.state());
    CHECK(from_state == merged);

    Sketch copy{spec};
    copy.merge_state(other.state());
    CHECK(copy == other);
    const Sketch before = copy;
    CHECK_THROWS_AS(copy.merge_state(other.state().subspan(1)), std::invalid_argument);
    CHECK(copy == before);
}

TEST_CASE("a state that no ids can give is refused", "[sketch][laws]") {
    const auto refuses = [](const char* name, std::uint8_t byte, std::size_t at) {
        Sketch sketch{parse_sketch_spec(name)};
        std::vector<std::uint8_t> state(sketch.memory_bytes());
        state[at] = byte;
        try {
            sketch.merge_state(state);
            return false;
        } catch (const std::invalid_argument&) {
            return true;
        }
    };
    // HyperLogLog with P = 12: ranks up to 53; the first register is the byte's low six bits.
    CHECK_FALSE(refuses("hll:12", 53, 0));
    CHECK(refuses("hll:12", 54, 0));
    CHECK(refuses("hll:12", 63U << 2U, 2));
    // UltraLogLog with P = 12: ranks up to 53, and no indicators of ranks below 1.
    CHECK_FALSE(refuses("ull:12", 53 * 4 + 3, 7));
    CHECK(refuses("ull:12", 54 * 4, 7));
    CHECK(refuses("ull:12", 1, 0));
    CHECK(refuses("ull:12", 4 + 2, 0));
    CHECK_FALSE(refuses("ull:12", 8 + 2, 0));
    CHECK(refuses("ull:12", 8 + 1, 0));
    CHECK_FALSE(refuses("lc:64B", 255, 63));
    // Redis: ranks up to 51. DataSketches: up to 63.
    CHECK_FALSE(refuses("redis-hll", 51, 0));
    CHECK(refuses("redis-hll", 52, 0));
    CHECK_FALSE(refuses("datasketches-hll:4", 63, 7));
    CHECK(refuses("datasketches-hll:4", 64, 7));
}

TEST_CASE("folding equals building, by state", "[sketch][laws]") {
    const auto& [large, small] = GENERATE(table<std::string, std::string>({
        {"lc:200KiB", "lc:50KiB"},
        {"lc:200KiB", "lc:1KiB"},
        {"lc:1KiB", "lc:8B"},
        {"lc:100B", "lc:20B"},
        {"lc:96B", "lc:8B"},
        {"lc:1001B", "lc:13B"},
        {"lc:72B", "lc:9B"},
        {"lc:81B", "lc:9B"},
        {"lc:4KiB", "lc:4KiB"},
        {"hll:18", "hll:4"},
        {"hll:18", "hll:17"},
        {"hll:12", "hll:10"},
        {"hll:5", "hll:4"},
        {"hll:14", "hll:14"},
        {"ull:18", "ull:3"},
        {"ull:18", "ull:17"},
        {"ull:12", "ull:10"},
        {"ull:4", "ull:3"},
        {"ull:14", "ull:14"},
        {"redis-hll", "redis-hll"},
        {"datasketches-hll:14", "datasketches-hll:4"},
        {"datasketches-hll:21", "datasketches-hll:20"},
        {"datasketches-hll:12", "datasketches-hll:12"},
    }));
    const std::size_t ids = GENERATE(as<std::size_t>{}, 0, 1, 2, 5, 40, 300, 3000, 200'000);
    CAPTURE(large, small, ids);
    const auto hashes = hashes_for(parse_sketch_spec(large), 1, ids);
    const Sketch source = sketch_of(parse_sketch_spec(large), hashes);
    const Sketch direct = sketch_of(parse_sketch_spec(small), hashes);
    Sketch folded{parse_sketch_spec(small)};
    folded.merge_folded(source);
    CHECK(folded == direct);
    CHECK(folded.estimate() == direct.estimate());

    // Into one that holds other ids already it is the union.
    const auto others = hashes_for(parse_sketch_spec(large), ids / 2, 500);
    Sketch united = sketch_of(parse_sketch_spec(small), others);
    Sketch expected = united;
    united.merge_folded(source);
    expected.add_all(hashes);
    CHECK(united == expected);
}

TEST_CASE("folding in steps equals folding at once", "[sketch][laws]") {
    for (const auto& steps : std::vector<std::vector<std::string>>{
             {"lc:200KiB", "lc:20KiB", "lc:10KiB", "lc:1KiB"},
             {"hll:18", "hll:15", "hll:14", "hll:7"},
             {"ull:18", "ull:15", "ull:14", "ull:7"},
             {"datasketches-hll:18", "datasketches-hll:12", "datasketches-hll:7"}}) {
        const auto hashes = hashes_for(parse_sketch_spec(steps.front()), 7, 10'000);
        Sketch last = sketch_of(parse_sketch_spec(steps.front()), hashes);
        const Sketch first = last;
        for (const std::string& step : steps) {
            Sketch next{parse_sketch_spec(step)};
            next.merge_folded(last);
            last = next;
        }
        Sketch at_once{parse_sketch_spec(steps.back())};
        at_once.merge_folded(first);
        CHECK(last == at_once);
    }
}

TEST_CASE("what is no fold is refused and changes nothing", "[sketch][laws]") {
    for (const auto& [large, small] : std::vector<std::pair<const char*, const char*>>{
             {"lc:50KiB", "lc:20KiB"},
             {"hll:10", "hll:12"},
             {"ull:10", "ull:12"},
             {"hll:12", "ull:10"},
             {"hll:14", "redis-hll"},
             {"datasketches-hll:10", "datasketches-hll:12"},
             {"datasketches-hll:12", "hll:10"},
             {"lc:4KiB", "hll:4"}}) {
        Sketch sketch = sketch_of(parse_sketch_spec(small), hash_sequence(1, 100));
        const Sketch before = sketch;
        CHECK_THROWS_AS(sketch.merge_folded(Sketch{parse_sketch_spec(large)}),
                        std::invalid_argument);
        CHECK(sketch == before);
    }
}

TEST_CASE("different sketches refuse to merge and are not equal", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    const SketchSpec other = parse_sketch_spec(
        GENERATE(as<std::string>{}, "lc:3072B", "hll:5", "ull:4", "datasketches-hll:5"));
    CAPTURE(spec.name(), other.name());
    Sketch sketch = sketch_of(spec, hashes_for(spec, 1, 100));
    const Sketch before = sketch;
    CHECK_FALSE(sketch == Sketch{other});
    try {
        sketch.merge(Sketch{other});
        FAIL("merged");
    } catch (const std::invalid_argument& refusal) {
        const std::string message = refusal.what();
        CHECK(message.find(spec.name()) != std::string::npos);
        CHECK(message.find(other.name()) != std::string::npos);
    }
    CHECK(sketch == before);
}

TEST_CASE("the memory of a sketch is the size of its state", "[sketch][laws]") {
    const SketchSpec spec = any_spec();
    CAPTURE(spec.name());
    const Sketch sketch{spec};
    CHECK(sketch.state().size() == spec.memory_bytes());
    CHECK(sketch.memory_bytes() == spec.memory_bytes());
}
