#include "pipeline/describe_run.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include "pipeline/emptiness.hpp"

namespace stream_analyzer {

namespace {

std::uint64_t peak_memory_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts KiB
}

void describe_windows(const WindowTable& windows, std::span<const WindowGrid> grids,
                      RunSummary& summary) {
    summary.windows = windows.range_of(0).size;
    find_emptiness(windows, grids.front(), summary);
    // A time before 1900 in a zone's local mean time is bad input, most likely; it is no reason to
    // give nothing at all.
    for (std::size_t i = summary.windows; i < windows.size(); ++i) {
        const WindowResult window = windows.at(i);
        const WindowGrid& grid = grids[window.length];
        if (grids.front().tiles_at(grid, window.start)) continue;
        summary.warnings.push_back(fmt::format(
            "the {} from {} does not begin and end with windows of {}: it is the union of those "
            "that begin in it",
            grid.length().label(), iso8601(window.start), grids.front().length().label()));
        break;
    }
}

}  // namespace

std::vector<WindowGrid> window_grids(const WindowLength& window,
                                     const std::vector<WindowLength>& rollups,
                                     const std::string& timezone) {
    std::vector<WindowGrid> grids;
    grids.emplace_back(window, timezone);
    for (const WindowLength& rollup : rollups) {
        grids.emplace_back(rollup, timezone);
        grids.front().require_to_tile(grids.back());
    }
    return grids;
}

void describe_run(const WindowTable& windows, std::span<const WindowGrid> grids,
                  const BoundedTally& tally, std::chrono::steady_clock::time_point begin,
                  RunSummary& summary) {
    for (const FileSummary& file : summary.files) {
        if (!file.grew) continue;
        summary.warnings.push_back(file.name +
                                   " grew while it was read; what was added is not counted");
    }
    describe_windows(windows, grids, summary);
    summary.spilled_runs = tally.spilled_runs();
    summary.spilled_bytes = tally.spilled_bytes();
    summary.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    summary.peak_memory_bytes = peak_memory_bytes();
}

}  // namespace stream_analyzer
