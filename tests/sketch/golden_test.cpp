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

TEST_CASE("registers of other systems' sketches are those that these systems make",
          "[sketch][golden]") {
    struct Case {
        const char* spec;
        std::size_t ids;
        std::uint64_t digest;
        double estimate;
    };
    // Of the ids u0, u1, …: the dense value of a key in Redis 7.0.15, and HLL_8 sketches of the
    // package datasketches 5.2.0, each without its header. Estimates from golden_states.py; Redis
    // rounds them.
    for (const Case& golden :
         {Case{"redis-hll", 1000, 0x05beb2674b785dedU, 994},
          Case{"redis-hll", 45'000, 0x92fc844d4d482816U, 45'017},
          Case{"datasketches-hll:4", 1000, 0x77e8224a45e1791fU, 1178.173983796874},
          Case{"datasketches-hll:4", 45'000, 0xb15c72b7683567b4U, 38'298.111270764195},
          Case{"datasketches-hll:12", 1000, 0xad534e454abc396dU, 995.558401416679},
          Case{"datasketches-hll:12", 45'000, 0x7c7bad7d8c32761bU, 44'514.979973006539}}) {
        CAPTURE(golden.spec, golden.ids);
        Sketch sketch{parse_sketch_spec(golden.spec)};
        sketch.add_all(hashes_for(sketch.spec(), 0, golden.ids));
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
