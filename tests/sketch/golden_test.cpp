// Frozen states: whoever changes a hash, a salt, a format or an estimator changes what users have
// stored and published, and is told so here.
#include <algorithm>
#include <span>
#include <string>

#include "catch2.hpp"
#include "hash_sequence.hpp"
#include "sketch/sketch.hpp"

using namespace stream_analyzer;

namespace {

std::uint64_t fnv1a(std::span<const std::uint8_t> bytes) {
    std::uint64_t digest = 0xcbf29ce484222325U;
    for (const std::uint8_t byte : bytes)
        digest = (digest ^ byte) * 0x100000001b3U;
    return digest;
}

struct Golden {
    const char* spec;
    std::uint64_t digest;
    double estimate;
};

// From golden_states.py, a second implementation.
constexpr Golden kGolden[] = {
    {"lc:100B", 0xd0a295b121b92f77U, 1066.202875353489},
    {"lc:4KiB", 0x430f07dd56f3c70dU, 1003.201111932032},
    {"hll:4", 0x6f4332724662ba06U, 750.384620632533},
    {"hll:12", 0xcb7aff99a23c9aabU, 986.924662798487},
    {"ull:3", 0xa04ffaf6d5bb7484U, 759.467085485336},
    {"ull:12", 0x4366c4df8b7cd4e6U, 999.087817913088},
};

}  // namespace

TEST_CASE("the states and estimates of a thousand ids are frozen", "[sketch][golden]") {
    for (const Golden& golden : kGolden) {
        CAPTURE(golden.spec);
        Sketch sketch{parse_sketch_spec(golden.spec)};
        sketch.add_all(hash_sequence(1, 1000));
        CHECK(fnv1a(sketch.state()) == golden.digest);
        CHECK(sketch.estimate().value == Approx(golden.estimate).epsilon(1e-12));
    }
}

TEST_CASE("a sketch holds the mixed hashes in its counter", "[sketch][golden]") {
    const SketchSpec spec = parse_sketch_spec("ull:6");
    Sketch sketch{spec};
    UltraLogLog counter{6};
    for (const Hash64 hash : hash_sequence(1, 50)) {
        sketch.add(hash);
        counter.add(mix64(hash ^ mix64((std::uint64_t{3} << 56U) + 12)));
    }
    CHECK(std::equal(sketch.state().begin(), sketch.state().end(), counter.state().begin(),
                     counter.state().end()));
}
