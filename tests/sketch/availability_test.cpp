#include "sketch/availability.hpp"

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("everything can be written by hand, and only a precision of 14 is in Redis and ksqlDB") {
    for (const char* const name : {"lc:4KiB", "hll:4", "hll:14", "hll:18", "ull:14"}) {
        const std::string_view systems = available_in(parse_sketch_spec(name));
        CAPTURE(name, systems);
        CHECK(systems.ends_with("own code"));
        const bool is_fixed = systems.find("Redis; ksqlDB") != std::string_view::npos;
        CHECK(is_fixed == (std::string_view(name) == "hll:14"));
        const bool is_hll = std::string_view(name).starts_with("hll");
        CHECK((systems.find("DataSketches") != std::string_view::npos) == is_hll);
    }
}

TEST_CASE("a sketch of another system is in that system") {
    CHECK(available_in(parse_sketch_spec("redis-hll")) == "Redis; own code");
    CHECK(available_in(parse_sketch_spec("datasketches-hll:12")) ==
          "Spark/Druid via DataSketches; own code");
}
