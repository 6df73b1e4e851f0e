#include "sketch/redis_hyperloglog.hpp"

#include <cmath>
#include <string>

#include "catch2.hpp"
#include "sketch/id_hash.hpp"

using namespace stream_analyzer;

TEST_CASE("an id raises the register that PFADD raises", "[sketch][redis_hyperloglog]") {
    struct Case {
        const char* id;
        std::size_t index;
        int rank;
    };
    for (const Case& expected :
         {Case{"a", 12711, 2}, Case{"foo", 7348, 5}, Case{"9bfcae2f7c3a4ec2add", 3794, 2}}) {
        CAPTURE(expected.id);
        RedisHyperLogLog sketch;
        sketch.add(redis_hash(expected.id));
        CHECK(sketch.register_value(expected.index) == expected.rank);
    }
}

TEST_CASE("ranks are counted from the low end of the other 50 bits",
          "[sketch][redis_hyperloglog]") {
    for (int zeros = 0; zeros <= 50; ++zeros) {
        CAPTURE(zeros);
        RedisHyperLogLog sketch;
        // Register 5; a one behind `zeros` zeros, or none at all; the bits above it do not matter.
        const Hash64 rest = zeros == 50 ? 0 : ~Hash64{0} << static_cast<unsigned>(zeros);
        sketch.add((rest << 14U) | 5U);
        CHECK(sketch.register_value(5) == zeros + 1);
        CHECK(sketch.register_value(4) == 0);
        CHECK(sketch.register_value(6) == 0);
    }
}

TEST_CASE("the estimate is the whole number of PFCOUNT", "[sketch][redis_hyperloglog]") {
    // Redis 7.0.15: PFADD of u0, u1, …; PFCOUNT.
    RedisHyperLogLog sketch;
    for (int i = 0; i < 45'000; ++i) {
        if (i == 1000) CHECK(sketch.estimate().value == 994);
        sketch.add(redis_hash("u" + std::to_string(i)));
    }
    CHECK(sketch.estimate().value == 45'017);
    RedisHyperLogLog few;
    for (const char* id : {"a", "foo", "9bfcae2f7c3a4ec2add"})
        few.add(redis_hash(id));
    CHECK(few.estimate().value == 3);
}
