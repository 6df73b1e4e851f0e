// The bytes that other systems read; that they do is tested on the systems themselves
// (tests/integration).
#include "sketch/interchange_format.hpp"

#include <stdexcept>
#include <string>

#include "catch2.hpp"
#include "hash_sequence.hpp"

using namespace stream_analyzer;

namespace {

std::string exported(const char* name, std::size_t ids) {
    const SketchSpec spec = parse_sketch_spec(name);
    Sketch sketch(spec);
    sketch.add_all(hashes_for(spec, 0, ids));
    return interchange_bytes(sketch);
}

std::string hexadecimal(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += "0123456789abcdef"[value >> 4U];
        text += "0123456789abcdef"[value & 0xfU];
    }
    return text;
}

}  // namespace

TEST_CASE("a Redis value begins with the header of a dense sketch with a stale count",
          "[sketch][interchange_format]") {
    // The header that Redis 7.0.15 itself writes with PFMERGE.
    const std::string bytes = exported("redis-hll", 1000);
    CHECK(bytes.size() == 12'304);
    CHECK(hexadecimal(bytes.substr(0, 16)) == "48594c4c000000000000000000000080");
}

TEST_CASE("a DataSketches image differs from the library's own in flags and history alone",
          "[sketch][interchange_format]") {
    // datasketches 5.2.0, serialize_updatable() of an HLL_8 sketch of the same ids: there byte 5 is
    // 0 (not out of order) and bytes 8 to 15 hold its HIP accumulator.
    const std::string bytes = exported("datasketches-hll:12", 1000);
    CHECK(bytes.size() == 4136);
    CHECK(hexadecimal(bytes.substr(0, 40)) ==
          "0a01070c0010000a"
          "0000000000000000"
          "000000409c56ab40"
          "0000000000000000"
          "8c0c000000000000");
}

TEST_CASE("a DataSketches image without ids is the library's empty sketch",
          "[sketch][interchange_format]") {
    CHECK(hexadecimal(exported("datasketches-hll:12", 0)) == "0201070c030c0008");
}

TEST_CASE("sketches of our own are no other system's", "[sketch][interchange_format]") {
    for (const char* spec : {"lc:4KiB", "hll:14", "ull:12"})
        CHECK_THROWS_AS(exported(spec, 10), std::invalid_argument);
}
