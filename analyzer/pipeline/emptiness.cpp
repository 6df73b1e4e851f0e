#include "pipeline/emptiness.hpp"

#include <algorithm>
#include <optional>

namespace stream_analyzer {

namespace {

std::uint64_t records_in(const WindowTable& windows, std::size_t first, std::size_t last) {
    std::uint64_t records = 0;
    for (std::size_t i = first; i <= last; ++i)
        records += windows.at(i).records;
    return records;
}

std::size_t median_window(const WindowTable& windows, std::size_t size, std::uint64_t total) {
    std::uint64_t seen = 0;
    std::size_t index = 0;
    while (index + 1 < size && (seen += windows.at(index).records) <= total / 2) {
        ++index;
    }
    return index;
}

DumpBody grow_body(const WindowTable& windows, std::size_t size, std::size_t median,
                   const WindowGrid& grid) {
    DumpBody body{median, median};
    const auto interval_of = [&](std::size_t i) { return grid.interval_of(windows.at(i).start); };
    WindowTime first_start = windows.at(median).start;
    WindowInterval last = interval_of(median);
    while (true) {
        const auto reach = std::max(last.end - first_start, kBodyWindows * (last.end - last.start));
        if (body.last + 1 < size && windows.at(body.last + 1).start - last.end <= reach) {
            last = interval_of(++body.last);
        } else if (body.first > 0 && first_start - interval_of(body.first - 1).end <= reach) {
            first_start = windows.at(--body.first).start;
        } else {
            return body;
        }
    }
}

void find_far_windows(const WindowTable& windows, std::size_t size, const WindowGrid& grid,
                      RunSummary& summary) {
    const DumpBody body = body_of(windows, grid);
    summary.body_first = windows.at(body.first).start;
    summary.body_last = windows.at(body.last).start;
    for (std::size_t i = 0; i < size; ++i) {
        if (i == body.first) i = body.last + 1;
        if (i >= size) break;
        ++summary.far_windows_total;
        if (summary.far_windows.size() < RunSummary::kListedFarWindows) {
            const WindowResult window = windows.at(i);
            summary.far_windows.push_back({window.start, window.records});
        }
    }
}

// The last window of the range that does not begin behind `time`; the first one does not.
std::size_t window_around(const WindowTable& windows, WindowRange range, WindowTime time) {
    std::size_t first = range.first;
    for (std::size_t size = range.size; size > 1;) {
        const std::size_t half = size / 2;
        if (windows.at(first + half).start <= time) {
            first += half;
            size -= half;
        } else {
            size = half;
        }
    }
    return first;
}

}  // namespace

DumpBody body_of(const WindowTable& windows, const WindowGrid& grid) {
    const std::size_t size = windows.range_of(0).size;
    const std::uint64_t total = records_in(windows, 0, size - 1);
    const DumpBody body = grow_body(windows, size, median_window(windows, size, total), grid);
    const std::uint64_t inside = records_in(windows, body.first, body.last);
    const bool rest_is_far =
        static_cast<double>(total - inside) < kFarShare * static_cast<double>(total);
    return rest_is_far ? body : DumpBody{0, size - 1};
}

std::vector<std::size_t> incomplete_windows(const WindowTable& windows, const WindowGrid& grid) {
    std::vector<std::size_t> incomplete;
    if (windows.range_of(0).size == 0) return incomplete;
    const DumpBody body = body_of(windows, grid);
    const WindowTime body_first = windows.at(body.first).start;
    const WindowTime body_last = windows.at(body.last).start;
    for (std::size_t length = 0; length < windows.lengths().size(); ++length) {
        const WindowRange range = windows.range_of(length);
        incomplete.push_back(range.first);
        incomplete.push_back(range.first + range.size - 1);
        for (const WindowTime time : {body_first, body_last}) {
            incomplete.push_back(window_around(windows, range, time));
        }
    }
    return incomplete;
}

void find_emptiness(const WindowTable& windows, const WindowGrid& grid, RunSummary& summary) {
    const std::size_t size = windows.range_of(0).size;
    std::optional<WindowTime> expected;
    for (std::size_t i = 0; i < size; ++i) {
        const WindowTime start = windows.at(i).start;
        if (expected && *expected != start) {
            ++summary.gaps_total;
            if (summary.gaps.size() < RunSummary::kListedGaps) {
                summary.gaps.push_back({*expected, start});
            }
        }
        expected = grid.interval_of(start).end;
    }
    if (size > 0) find_far_windows(windows, size, grid, summary);
}

}  // namespace stream_analyzer
