#include "sketch/sketch_spec.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "core/error.hpp"
#include "core/size.hpp"
#include "sketch/datasketches_hyperloglog.hpp"
#include "sketch/hyperloglog.hpp"
#include "sketch/linear_counting.hpp"
#include "sketch/redis_hyperloglog.hpp"
#include "sketch/ultraloglog.hpp"

namespace stream_analyzer {

namespace {

constexpr std::string_view kLinearCountingPrefix = "lc:";
constexpr std::string_view kHyperLogLogPrefix = "hll:";
constexpr std::string_view kUltraLogLogPrefix = "ull:";
constexpr std::string_view kRedisName = "redis-hll";
constexpr std::string_view kDataSketchesPrefix = "datasketches-hll:";

std::optional<std::uint64_t> parse_whole(std::string_view text) {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

SketchSpec parse_linear_counting(std::string_view text) {
    const auto size_bytes = parse_size(text.substr(kLinearCountingPrefix.size()));
    if (!size_bytes || *size_bytes < LinearCounting::kMinSize_bytes ||
        *size_bytes > LinearCounting::kMaxSize_bytes) {
        throw UsageError(fmt::format(
            "the size of a linear counter is a whole number of bytes from {} to {}, for example "
            "lc:4KiB",
            format_size(LinearCounting::kMinSize_bytes),
            format_size(LinearCounting::kMaxSize_bytes)));
    }
    return {SketchFamily::linear_counting, *size_bytes};
}

SketchSpec parse_registers(std::string_view text, std::string_view prefix, SketchFamily family,
                           int min_precision, int max_precision) {
    const auto precision = parse_whole(text.substr(prefix.size()));
    if (!precision || *precision < static_cast<std::uint64_t>(min_precision) ||
        *precision > static_cast<std::uint64_t>(max_precision)) {
        throw UsageError(fmt::format(
            "the precision P (2^P registers) is a whole number from {} to {}, for example {}12",
            min_precision, max_precision, prefix));
    }
    return {family, *precision};
}

}  // namespace

std::string SketchSpec::name() const {
    switch (family) {
        case SketchFamily::linear_counting:
            return fmt::format("{}{}", kLinearCountingPrefix, format_size(parameter));
        case SketchFamily::hyperloglog:
            return fmt::format("{}{}", kHyperLogLogPrefix, parameter);
        case SketchFamily::ultraloglog:
            return fmt::format("{}{}", kUltraLogLogPrefix, parameter);
        case SketchFamily::redis_hyperloglog:
            return std::string(kRedisName);
        case SketchFamily::datasketches_hyperloglog:
            return fmt::format("{}{}", kDataSketchesPrefix, parameter);
    }
    return {};
}

std::size_t SketchSpec::memory_bytes() const {
    switch (family) {
        case SketchFamily::linear_counting:
            return parameter;
        case SketchFamily::hyperloglog:
        case SketchFamily::redis_hyperloglog:
            return (std::size_t{3} << parameter) / 4;
        case SketchFamily::ultraloglog:
        case SketchFamily::datasketches_hyperloglog:
            return std::size_t{1} << parameter;
    }
    return 0;
}

IdHash SketchSpec::id_hash() const {
    switch (family) {
        case SketchFamily::redis_hyperloglog:
            return IdHash::redis;
        case SketchFamily::datasketches_hyperloglog:
            return IdHash::datasketches;
        default:
            return IdHash::own;
    }
}

Hash64 SketchSpec::salt() const {
    constexpr std::uint64_t kDefaultSize_bytes = 4096;
    constexpr std::uint64_t kDefaultPrecision = 12;
    return mix64(
        (static_cast<std::uint64_t>(family) << 56U) +
        (family == SketchFamily::linear_counting ? kDefaultSize_bytes : kDefaultPrecision));
}

bool SketchSpec::is_fold_of(const SketchSpec& larger) const {
    if (family != larger.family || parameter > larger.parameter) return false;
    return family != SketchFamily::linear_counting || larger.parameter % parameter == 0;
}

SketchSpec parse_sketch_spec(std::string_view text) {
    if (text.starts_with(kLinearCountingPrefix)) return parse_linear_counting(text);
    if (text.starts_with(kHyperLogLogPrefix)) {
        return parse_registers(text, kHyperLogLogPrefix, SketchFamily::hyperloglog,
                               HyperLogLog::kMinPrecision, HyperLogLog::kMaxPrecision);
    }
    if (text.starts_with(kUltraLogLogPrefix)) {
        return parse_registers(text, kUltraLogLogPrefix, SketchFamily::ultraloglog,
                               UltraLogLog::kMinPrecision, UltraLogLog::kMaxPrecision);
    }
    if (text == kRedisName) {
        return {SketchFamily::redis_hyperloglog, std::uint64_t{RedisHyperLogLog::kPrecision}};
    }
    if (text.starts_with(kDataSketchesPrefix)) {
        return parse_registers(text, kDataSketchesPrefix, SketchFamily::datasketches_hyperloglog,
                               DataSketchesHyperLogLog::kMinPrecision,
                               DataSketchesHyperLogLog::kMaxPrecision);
    }
    throw UsageError(fmt::format(
        "no such sketch; write lc:SIZE (linear counting, {} to {}), hll:P (HyperLogLog, P {} "
        "to {}), ull:P (UltraLogLog, P {} to {}), redis-hll or datasketches-hll:LGK (LGK {} to "
        "{}), for example lc:4KiB, hll:12, ull:12",
        format_size(LinearCounting::kMinSize_bytes), format_size(LinearCounting::kMaxSize_bytes),
        HyperLogLog::kMinPrecision, HyperLogLog::kMaxPrecision, UltraLogLog::kMinPrecision,
        UltraLogLog::kMaxPrecision, DataSketchesHyperLogLog::kMinPrecision,
        DataSketchesHyperLogLog::kMaxPrecision));
}

}  // namespace stream_analyzer
