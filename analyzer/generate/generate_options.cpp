#include "generate/generate_options.hpp"

#include <fmt/format.h>

#include <chrono>
#include <numeric>

#include "core/error.hpp"
#include "core/event_time.hpp"

namespace stream_analyzer {

namespace {

// No line is shorter, so that a size bounds the number of records.
constexpr std::uint64_t kShortestRecord_bytes = 40;

std::uint64_t span_s(const GenerateOptions& options) {
    if (!options.distinct.empty()) return 60 * options.distinct.size();
    const std::uint64_t records =
        options.size_bytes ? *options.size_bytes / kShortestRecord_bytes + 1 : options.records;
    return records / options.rate_per_1000s * 1'000 +
           records % options.rate_per_1000s * 1'000 / options.rate_per_1000s;
}

}  // namespace

void check(const GenerateOptions& options) {
    if (options.late_share_ppm + options.late_tail_ppm > kWhole_ppm) {
        throw UsageError("--late-share and --late-tail together are more than 100%");
    }
    if (options.late_tail_ppm > 0 && options.late_max_s >= kLateTailMax_s) {
        throw UsageError(fmt::format("--late-tail goes to {}h: --late-max must be below it",
                                     kLateTailMax_s / 3600));
    }
    if (!options.distinct.empty() && options.start_s % 60 != 0) {
        throw UsageError("--distinct fills whole minutes: --start must be a full minute");
    }
    if (std::accumulate(options.distinct.begin(), options.distinct.end(), std::uint64_t{0}) >
        kMaxDistinctSum) {
        throw UsageError(
            fmt::format("--distinct: the numbers together must be at most {}", kMaxDistinctSum));
    }
    if (options.record_bytes != GenerateOptions{}.record_bytes &&
        options.shape != DumpShape::wide) {
        throw UsageError("--record-size applies to --shape wide only");
    }
    if (options.string_times_ppm && options.shape == DumpShape::nested) {
        throw UsageError("--string-times: every time of --shape nested is a string");
    }
    const std::int64_t last_s =
        std::chrono::floor<std::chrono::seconds>(kLastEventTime).time_since_epoch().count();
    if (options.start_s + static_cast<std::int64_t>(span_s(options)) > last_s) {
        throw UsageError("--start and --rate lead past the year 9999");
    }
}

}  // namespace stream_analyzer
