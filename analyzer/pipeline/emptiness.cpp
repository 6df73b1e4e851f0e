#include "pipeline/emptiness.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace stream_analyzer {

namespace {

std::uint64_t records_in(std::span<const WindowResult> windows) {
    return std::transform_reduce(windows.begin(), windows.end(), std::uint64_t{0}, std::plus<>(),
                                 [](const WindowResult& window) { return window.records; });
}

std::size_t median_window(std::span<const WindowResult> windows) {
    const std::uint64_t half = records_in(windows) / 2;
    std::uint64_t seen = 0;
    std::size_t index = 0;
    while (index + 1 < windows.size() && (seen += windows[index].records) <= half) {
        ++index;
    }
    return index;
}

DumpBody grow_body(std::span<const WindowResult> windows, const WindowGrid& grid) {
    const std::size_t median = median_window(windows);
    DumpBody body{median, median};
    while (true) {
        const WindowInterval last = grid.interval_of(windows[body.last].start);
        const auto reach =
            std::max(last.end - windows[body.first].start, kBodyWindows * (last.end - last.start));
        if (body.last + 1 < windows.size() && windows[body.last + 1].start - last.end <= reach) {
            ++body.last;
        } else if (body.first > 0 && windows[body.first].start -
                                             grid.interval_of(windows[body.first - 1].start).end <=
                                         reach) {
            --body.first;
        } else {
            return body;
        }
    }
}

void find_far_windows(std::span<const WindowResult> windows, const WindowGrid& grid,
                      RunSummary& summary) {
    const DumpBody body = body_of(windows, grid);
    for (std::size_t i = 0; i < windows.size(); ++i) {
        if (i >= body.first && i <= body.last) continue;
        ++summary.far_windows_total;
        if (summary.far_windows.size() < RunSummary::kListedFarWindows) {
            summary.far_windows.push_back({windows[i].start, windows[i].records});
        }
    }
}

}  // namespace

DumpBody body_of(std::span<const WindowResult> windows, const WindowGrid& grid) {
    const DumpBody body = grow_body(windows, grid);
    const std::uint64_t total = records_in(windows);
    const std::uint64_t inside =
        records_in(windows.subspan(body.first, body.last - body.first + 1));
    const bool rest_is_far =
        static_cast<double>(total - inside) < kFarShare * static_cast<double>(total);
    return rest_is_far ? body : DumpBody{0, windows.size() - 1};
}

void find_emptiness(std::span<const WindowResult> windows, const WindowGrid& grid,
                    RunSummary& summary) {
    for (std::size_t i = 1; i < windows.size(); ++i) {
        const WindowTime expected = grid.interval_of(windows[i - 1].start).end;
        if (expected == windows[i].start) continue;
        ++summary.gaps_total;
        if (summary.gaps.size() < RunSummary::kListedGaps) {
            summary.gaps.push_back({expected, windows[i].start});
        }
    }
    if (!windows.empty()) find_far_windows(windows, grid, summary);
}

}  // namespace stream_analyzer
