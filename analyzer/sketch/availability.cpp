#include "sketch/availability.hpp"

namespace stream_analyzer {

namespace {

/// HLL_P of src/hyperloglog.c in Redis, and the log2m with which ksqlDB's COUNT_DISTINCT makes
/// stream-lib's HyperLogLog: neither can be changed by a user.
constexpr std::uint64_t kFixedPrecision = 14;

}  // namespace

std::string_view available_in(const SketchSpec& spec) {
    switch (spec.family) {
        case SketchFamily::linear_counting:
            return "own code";
        case SketchFamily::hyperloglog:
            // Apache DataSketches (HllSketch): lgK 4 to 21, which holds our whole range. Spark has
            // it since 3.5 (hll_sketch_agg), Druid as HLLSketchBuild.
            return spec.parameter == kFixedPrecision
                       ? "Redis; ksqlDB; Spark/Druid via DataSketches; own code"
                       : "Spark/Druid via DataSketches; own code";
        case SketchFamily::ultraloglog:
            return "own code";
        case SketchFamily::redis_hyperloglog:
            return "Redis; own code";
        case SketchFamily::datasketches_hyperloglog:
            return "Spark/Druid via DataSketches; own code";
    }
    return {};
}

}  // namespace stream_analyzer
