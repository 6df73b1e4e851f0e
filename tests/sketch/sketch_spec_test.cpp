#include "sketch/sketch_spec.hpp"

#include <set>
#include <string>

#include "catch2.hpp"
#include "core/error.hpp"

using namespace stream_analyzer;

TEST_CASE("a spec's canonical name reads back as the same spec", "[sketch][sketch_spec]") {
    const std::string text =
        GENERATE(as<std::string>{}, "lc:8B", "lc:4KiB", "lc:4KB", "lc:1GiB", "lc:4100B", "hll:4",
                 "hll:12", "hll:18", "ull:3", "ull:12", "ull:18", "redis-hll", "datasketches-hll:4",
                 "datasketches-hll:21");
    CHECK(parse_sketch_spec(text).name() == text);
}

TEST_CASE("spellings of one size are one sketch", "[sketch][sketch_spec]") {
    CHECK(parse_sketch_spec("lc:4096") == parse_sketch_spec("lc:4KiB"));
    CHECK(parse_sketch_spec("lc:4096").name() == "lc:4KiB");
    CHECK(parse_sketch_spec("lc:4 kib").name() == "lc:4KiB");
    CHECK(parse_sketch_spec("lc:4000").name() == "lc:4KB");
    CHECK_FALSE(parse_sketch_spec("lc:4KB") == parse_sketch_spec("lc:4KiB"));
}

TEST_CASE("a sketch's memory follows from its spec", "[sketch][sketch_spec]") {
    CHECK(parse_sketch_spec("lc:4KiB").memory_bytes() == 4096);
    CHECK(parse_sketch_spec("lc:100").memory_bytes() == 100);
    CHECK(parse_sketch_spec("hll:4").memory_bytes() == 12);
    CHECK(parse_sketch_spec("hll:12").memory_bytes() == 3072);
    CHECK(parse_sketch_spec("hll:18").memory_bytes() == 196'608);
    CHECK(parse_sketch_spec("ull:3").memory_bytes() == 8);
    CHECK(parse_sketch_spec("ull:12").memory_bytes() == 4096);
    CHECK(parse_sketch_spec("redis-hll").memory_bytes() == 12'288);
    CHECK(parse_sketch_spec("datasketches-hll:12").memory_bytes() == 4096);
    CHECK(parse_sketch_spec("datasketches-hll:21").memory_bytes() == 2'097'152);
}

TEST_CASE("sketches of other systems take these systems' hashes", "[sketch][sketch_spec]") {
    CHECK(parse_sketch_spec("redis-hll").id_hash() == IdHash::redis);
    CHECK(parse_sketch_spec("datasketches-hll:12").id_hash() == IdHash::datasketches);
    for (const char* spec : {"lc:4KiB", "hll:14", "ull:12"})
        CHECK(parse_sketch_spec(spec).id_hash() == IdHash::own);
}

TEST_CASE("families have different salts, sizes of one family the same, none is zero",
          "[sketch][sketch_spec]") {
    std::set<Hash64> salts{0};
    for (const char* const spec : {"hll:4", "hll:12", "hll:18", "ull:3", "ull:12", "ull:18", "lc:8",
                                   "lc:12", "lc:18", "lc:4KB", "lc:4KiB"}) {
        salts.insert(parse_sketch_spec(spec).salt());
    }
    CHECK(salts.size() == 3 + 1);
}

TEST_CASE("a sketch folds to smaller ones of its family, a bitmap to divisors of its size",
          "[sketch][sketch_spec]") {
    const auto folds = [](const char* larger, const char* smaller) {
        return parse_sketch_spec(smaller).is_fold_of(parse_sketch_spec(larger));
    };
    CHECK(folds("hll:14", "hll:12"));
    CHECK(folds("hll:14", "hll:14"));
    CHECK_FALSE(folds("hll:12", "hll:14"));
    CHECK_FALSE(folds("hll:14", "ull:12"));
    CHECK(folds("ull:18", "ull:3"));
    CHECK(folds("lc:200KiB", "lc:5KiB"));
    CHECK_FALSE(folds("lc:50KiB", "lc:20KiB"));
    CHECK_FALSE(folds("lc:5KiB", "lc:200KiB"));
}

TEST_CASE("a bad spec is a usage error that names range and example", "[sketch][sketch_spec]") {
    const std::string text = GENERATE(
        as<std::string>{}, "", "hll", "hll:", "hll:3", "hll:19", "hll:12.0", "hll:-12", "hll: 12",
        "hll:12 ", "hll:+12", "hll:0x0c", "hll:99999999999999999999", "ull:2", "ull:19", "ull:x",
        "lc:", "lc:7", "lc:0", "lc:-8", "lc:1.5", "lc:2GiB", "lc:4KiX", "HLL:12", "theta:12", ":12",
        " lc:4KiB", "redis-hll:14", "redis", "datasketches-hll", "datasketches-hll:3",
        "datasketches-hll:22", "datasketches-hll:");
    CAPTURE(text);
    try {
        static_cast<void>(parse_sketch_spec(text));
        FAIL("accepted");
    } catch (const UsageError& refusal) {
        const std::string message = refusal.what();
        CAPTURE(message);
        CHECK(message.find(" to ") != std::string::npos);
        CHECK(message.find("for example") != std::string::npos);
    }
}

TEST_CASE("the messages for a wrong parameter", "[sketch][sketch_spec]") {
    CHECK_THROWS_WITH(parse_sketch_spec("hll:19"),
                      "the precision P (2^P registers) is a whole number from 4 to "
                      "18, for example hll:12");
    CHECK_THROWS_WITH(parse_sketch_spec("lc:7"),
                      "the size of a linear counter is a whole number of bytes from "
                      "8B to 1GiB, for example lc:4KiB");
}
