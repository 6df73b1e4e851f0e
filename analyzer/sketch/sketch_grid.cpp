#include "sketch/sketch_grid.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/size.hpp"
#include "sketch/datasketches_hyperloglog.hpp"
#include "sketch/hyperloglog.hpp"
#include "sketch/linear_counting.hpp"
#include "sketch/redis_hyperloglog.hpp"
#include "sketch/ultraloglog.hpp"

namespace stream_analyzer {

namespace {

struct ParameterRange {
    std::uint64_t least;
    std::uint64_t most;
};

ParameterRange parameter_range(SketchFamily family) {
    switch (family) {
        case SketchFamily::linear_counting:
            return {LinearCounting::kMinSize_bytes, LinearCounting::kMaxSize_bytes};
        case SketchFamily::hyperloglog:
            return {HyperLogLog::kMinPrecision, HyperLogLog::kMaxPrecision};
        case SketchFamily::ultraloglog:
            return {UltraLogLog::kMinPrecision, UltraLogLog::kMaxPrecision};
        case SketchFamily::redis_hyperloglog:
            return {RedisHyperLogLog::kPrecision, RedisHyperLogLog::kPrecision};
        case SketchFamily::datasketches_hyperloglog:
            return {DataSketchesHyperLogLog::kMinPrecision, DataSketchesHyperLogLog::kMaxPrecision};
    }
    return {0, 0};
}

[[noreturn]] void refuse_size(SketchFamily family, std::uint64_t size_bytes) {
    const SketchSpec smallest = smallest_sketch(family);
    throw UsageError(
        fmt::format("{} is too small for a sketch of the family {}: the {}, {}, has {}",
                    format_size(size_bytes), family_name(family),
                    has_one_size(family) ? "only one" : "smallest", smallest.name(),
                    format_size(smallest.memory_bytes())));
}

}  // namespace

std::string_view family_name(SketchFamily family) {
    switch (family) {
        case SketchFamily::linear_counting:
            return "lc";
        case SketchFamily::hyperloglog:
            return "hll";
        case SketchFamily::ultraloglog:
            return "ull";
        case SketchFamily::redis_hyperloglog:
            return "redis-hll";
        case SketchFamily::datasketches_hyperloglog:
            return "datasketches-hll";
    }
    return {};
}

std::string_view family_note(SketchFamily family) {
    if (family != SketchFamily::datasketches_hyperloglog) return {};
    return "datasketches-hll has the registers of Apache DataSketches and Spark; the estimate is "
           "Ertl's, and what they say of the same registers differs a little.";
}

SketchSpec smallest_sketch(SketchFamily family) {
    return {family, parameter_range(family).least};
}

bool has_one_size(SketchFamily family) {
    const ParameterRange range = parameter_range(family);
    return range.least == range.most;
}

std::optional<SketchSpec> largest_sketch_within(SketchFamily family, std::uint64_t size_bytes) {
    const ParameterRange range = parameter_range(family);
    SketchSpec spec = smallest_sketch(family);
    if (spec.memory_bytes() > size_bytes) return std::nullopt;
    if (family == SketchFamily::linear_counting) {
        spec.parameter = std::min(size_bytes, range.most);
        return spec;
    }
    while (spec.parameter < range.most &&
           SketchSpec{family, spec.parameter + 1}.memory_bytes() <= size_bytes) {
        ++spec.parameter;
    }
    return spec;
}

std::vector<SketchSpec> sketch_grid(std::span<const SketchFamily> families,
                                    std::span<const std::uint64_t> sizes_bytes) {
    std::vector<SketchSpec> grid;
    for (const SketchFamily family : families) {
        const std::uint64_t most_bytes = std::ranges::max(sizes_bytes);
        for (const std::uint64_t size_bytes : sizes_bytes) {
            const auto spec = largest_sketch_within(family, size_bytes);
            if (!spec && (!has_one_size(family) || size_bytes == most_bytes))
                refuse_size(family, size_bytes);
            if (spec && std::ranges::count(grid, *spec) == 0) grid.push_back(*spec);
        }
    }
    return grid;
}

}  // namespace stream_analyzer
