#include "report/sketch_export.hpp"

#include <string>

#include "catch2.hpp"
#include "sketch/interchange_format.hpp"

using namespace stream_analyzer;

namespace {

Sketch sketch_of(const char* spec, int ids) {
    Sketch sketch(parse_sketch_spec(spec));
    for (int i = 0; i < ids; ++i) {
        const std::string id = "u" + std::to_string(i);
        sketch.add(sketch.spec().id_hash() == IdHash::redis ? redis_hash(id)
                                                            : datasketches_coupon(id));
    }
    return sketch;
}

}  // namespace

TEST_CASE("base64 is that of RFC 4648", "[report][sketch_export]") {
    CHECK(base64("").empty());
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(base64("foob") == "Zm9vYg==");
    CHECK(base64("fooba") == "Zm9vYmE=");
    CHECK(base64("foobar") == "Zm9vYmFy");
    CHECK(base64("\xff\xfe\xfd\xfb\xef") == "//79++8=");
    CHECK(base64(std::string_view("\0\0", 2)) == "AAA=");
}

TEST_CASE("a line of an export has these keys in this order", "[report][sketch_export]") {
    const Sketch sketch = sketch_of("datasketches-hll:4", 0);
    CHECK(export_json_line({.window = "1m", .start = {}, .distinct = 0, .sketch = sketch}) ==
          "{\"window\":\"1m\",\"window_start\":\"1970-01-01T00:00:00Z\",\"distinct\":0,"
          "\"sketch\":\"datasketches-hll:4\",\"estimate\":0.0,\"state\":\"AgEHBAMMAAg=\"}\n");
    CHECK(export_json_line({.window = "1m", .start = {}, .distinct = {}, .sketch = sketch})
              .find("\"distinct\":null") != std::string::npos);
}

TEST_CASE("a command for Redis says how long its words are", "[report][sketch_export]") {
    const Sketch sketch = sketch_of("redis-hll", 1000);
    CHECK(export_redis_command({.window = "1m", .start = {}, .distinct = {}, .sketch = sketch},
                               "k:") ==
          "*3\r\n$3\r\nSET\r\n$25\r\nk:1m:1970-01-01T00:00:00Z\r\n"
          "$12304\r\n" +
              interchange_bytes(sketch) + "\r\n");
}
