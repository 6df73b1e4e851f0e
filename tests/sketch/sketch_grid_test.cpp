#include "sketch/sketch_grid.hpp"

#include <string>

#include "catch2.hpp"
#include "core/error.hpp"

using namespace stream_analyzer;

namespace {

std::string largest(SketchFamily family, std::uint64_t size_bytes) {
    const auto spec = largest_sketch_within(family, size_bytes);
    return spec ? spec->name() : "none";
}

}  // namespace

TEST_CASE("a size holds the largest precision whose registers fit it") {
    using enum SketchFamily;
    CHECK(largest(hyperloglog, 3071) == "hll:11");
    CHECK(largest(hyperloglog, 3072) == "hll:12");
    CHECK(largest(ultraloglog, 4095) == "ull:11");
    CHECK(largest(ultraloglog, 4096) == "ull:12");
    CHECK(largest(linear_counting, 4097) == "lc:4097B");
    CHECK(largest(hyperloglog, std::uint64_t{1} << 40U) == "hll:18");
    CHECK(largest(ultraloglog, std::uint64_t{1} << 40U) == "ull:18");
    CHECK(largest(linear_counting, std::uint64_t{1} << 40U) == "lc:1GiB");
    CHECK(largest(datasketches_hyperloglog, 4095) == "datasketches-hll:11");
    CHECK(largest(datasketches_hyperloglog, std::uint64_t{1} << 40U) == "datasketches-hll:21");
    CHECK(largest(redis_hyperloglog, std::uint64_t{1} << 40U) == "redis-hll");
}

TEST_CASE("a size below the smallest sketch holds none") {
    using enum SketchFamily;
    CHECK(largest(hyperloglog, 11) == "none");
    CHECK(largest(hyperloglog, 12) == "hll:4");
    CHECK(largest(ultraloglog, 7) == "none");
    CHECK(largest(linear_counting, 7) == "none");
    const std::vector<std::uint64_t> sizes{1024, 11};
    CHECK_THROWS_AS(sketch_grid(kSketchFamilies, sizes), UsageError);
}

TEST_CASE("a family of one size is in a grid once, and left out of the sizes below it") {
    CHECK(has_one_size(SketchFamily::redis_hyperloglog));
    CHECK_FALSE(has_one_size(SketchFamily::datasketches_hyperloglog));
    const std::vector<SketchFamily> families{SketchFamily::redis_hyperloglog,
                                             SketchFamily::datasketches_hyperloglog};
    const std::vector<std::uint64_t> sizes{20'480, 12'288, 12'287};
    std::string names;
    for (const SketchSpec& spec : sketch_grid(families, sizes))
        names += spec.name() + " ";
    CHECK(names == "redis-hll datasketches-hll:14 datasketches-hll:13 ");
    const std::vector<std::uint64_t> too_small{1024, 12'287};
    CHECK_THROWS_AS(sketch_grid(families, too_small), UsageError);
}

TEST_CASE("a grid goes family by family and has each sketch once") {
    const std::vector<std::uint64_t> sizes{1024, 1100, 2048};
    std::string names;
    for (const SketchSpec& spec : sketch_grid(kSketchFamilies, sizes))
        names += spec.name() + " ";
    CHECK(names == "lc:1KiB lc:1100B lc:2KiB hll:10 hll:11 ull:10 ull:11 ");
}

TEST_CASE("the name of a family is the prefix of its sketches") {
    for (const SketchFamily family : kAllSketchFamilies) {
        const std::string name = smallest_sketch(family).name();
        CHECK(
            name.starts_with(std::string(family_name(family)) + (has_one_size(family) ? "" : ":")));
    }
}
