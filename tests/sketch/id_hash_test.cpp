#include "sketch/id_hash.hpp"

#include <string>

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("a coupon is that of datasketches-cpp", "[sketch][id_hash]") {
    CHECK(datasketches_coupon("a") == 0x043b822f);
    CHECK(datasketches_coupon("foo") == 0x0a660e3f);
    CHECK(datasketches_coupon("9bfcae2f7c3a4ec2add") == 0x0774e04d);
}

TEST_CASE("a text without a byte has no coupon, every other one has", "[sketch][id_hash]") {
    CHECK(datasketches_coupon("") == 0);
    for (int i = 0; i < 10'000; ++i) {
        const Hash64 coupon = datasketches_coupon(std::to_string(i));
        REQUIRE(coupon >> kCouponAddress_bits >= 1);
        REQUIRE(coupon >> kCouponAddress_bits <= 63);
    }
}

TEST_CASE("a hash for Redis is that of its seed", "[sketch][id_hash]") {
    CHECK(redis_hash("a") == 0x53d2470a9b43b1a7);
}
