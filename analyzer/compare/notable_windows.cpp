#include "compare/notable_windows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

namespace stream_analyzer {

namespace {

// Memory does not grow with the number of windows.
constexpr std::size_t kRankedAtOnce = 4096;

/// Shares of `limit`, one a range and none larger than it: the smallest needs are met first, so
/// that what they leave raises the share of the others.
std::vector<std::size_t> shares_of(const std::vector<WindowRange>& ranges, std::size_t limit) {
    std::vector<std::size_t> order(ranges.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return ranges[i].size; });
    std::vector<std::size_t> shares(ranges.size());
    std::size_t waiting = ranges.size();
    for (const std::size_t i : order) {
        shares[i] = std::min(ranges[i].size, limit / waiting);
        limit -= shares[i];
        --waiting;
    }
    return shares;
}

/// Each sketch's worst window of the range; nothing when it has no error there,
/// or none but zeros.
std::vector<std::optional<std::size_t>> worst_windows(const ComparisonRows& rows,
                                                      WindowRange range) {
    std::vector<std::optional<std::size_t>> worst(rows.sketches().size());
    std::vector<double> largest(worst.size(), 0);
    for (std::size_t window = range.first; window < range.first + range.size; ++window) {
        for (std::size_t sketch = 0; sketch < worst.size(); ++sketch) {
            const auto error = rows.relative_error(window, sketch);
            if (!error || std::fabs(*error) <= largest[sketch]) continue;
            largest[sketch] = std::fabs(*error);
            worst[sketch] = window;
        }
    }
    return worst;
}

/// Windows by descending largest |relative error| of any sketch, then by time; only the first
/// `wanted`.
std::vector<std::size_t> by_error(const ComparisonRows& rows, WindowRange range,
                                  std::size_t wanted) {
    std::vector<std::pair<double, std::size_t>> ranked;
    const auto keep_first = [&] {
        const std::size_t kept = std::min(wanted, ranked.size());
        std::ranges::partial_sort(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(kept));
        ranked.resize(kept);
    };
    for (std::size_t window = range.first; window < range.first + range.size; ++window) {
        double largest = -1;
        for (std::size_t sketch = 0; sketch < rows.sketches().size(); ++sketch) {
            const auto error = rows.relative_error(window, sketch);
            if (error) largest = std::max(largest, std::fabs(*error));
        }
        ranked.emplace_back(-largest, window);
        if (ranked.size() >= kRankedAtOnce + wanted) keep_first();
    }
    keep_first();
    std::vector<std::size_t> windows;
    std::ranges::transform(ranked, std::back_inserter(windows),
                           [](const auto& entry) { return entry.second; });
    return windows;
}

std::vector<std::size_t> chosen_of(const ComparisonRows& rows, WindowRange range, std::size_t share,
                                   const std::vector<std::optional<std::size_t>>& worst) {
    std::vector<std::size_t> candidates;
    if (share >= range.size) {
        candidates.resize(range.size);
        std::iota(candidates.begin(), candidates.end(), range.first);
        return candidates;
    }
    // Half for the edges, rounded so that a single place goes to the worst window.
    const std::size_t edge = share / 4;
    for (std::size_t i = 0; i < edge; ++i)
        candidates.push_back(range.first + i);
    for (std::size_t i = 0; i < edge; ++i)
        candidates.push_back(range.first + range.size - 1 - i);
    for (const auto& window : worst) {
        if (window) candidates.push_back(*window);
    }
    // Up to `share` candidates above may be named twice; this many more always fill the share.
    const auto ranked = by_error(rows, range, share + candidates.size());
    candidates.insert(candidates.end(), ranked.begin(), ranked.end());

    std::vector<std::size_t> chosen;
    for (const std::size_t window : candidates) {
        if (chosen.size() == share) break;
        if (std::ranges::find(chosen, window) == chosen.end()) chosen.push_back(window);
    }
    std::ranges::sort(chosen);
    return chosen;
}

}  // namespace

std::vector<NotableWindow> notable_windows(const ComparisonRows& rows, std::size_t limit) {
    std::vector<WindowRange> ranges;
    for (std::size_t length = 0; length < rows.lengths().size(); ++length) {
        ranges.push_back(rows.windows_of_length(length));
    }
    const auto shares = shares_of(ranges, limit);
    std::vector<NotableWindow> notable;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const auto worst = worst_windows(rows, ranges[i]);
        for (const std::size_t window : chosen_of(rows, ranges[i], shares[i], worst)) {
            NotableWindow entry{.window = window, .worst_of = {}};
            for (std::size_t sketch = 0; sketch < worst.size(); ++sketch) {
                if (worst[sketch] == window) entry.worst_of.push_back(sketch);
            }
            notable.push_back(std::move(entry));
        }
    }
    return notable;
}

}  // namespace stream_analyzer
