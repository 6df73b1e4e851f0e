#include "compare/worst_windows.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stream_analyzer {

namespace {

/// -|error| and the window: the worst and earliest is the smallest.
using Ranked = std::pair<double, std::size_t>;

void insert_ranked(std::vector<Ranked>& worst, Ranked entry, std::size_t limit) {
    if (worst.size() == limit && (limit == 0 || !(entry < worst.back()))) return;
    if (worst.size() == limit) worst.pop_back();
    worst.insert(std::ranges::upper_bound(worst, entry), entry);
}

}  // namespace

std::vector<std::vector<std::size_t>> worst_windows(const ComparisonRows& rows, std::size_t length,
                                                    std::size_t limit) {
    std::vector<std::vector<Ranked>> ranked(rows.sketches().size());
    const WindowRange range = rows.windows_of_length(length);
    for (std::size_t i = range.first; i < range.first + range.size; ++i) {
        for (std::size_t sketch = 0; sketch < ranked.size(); ++sketch) {
            const auto error = rows.relative_error(i, sketch);
            if (error && *error != 0) insert_ranked(ranked[sketch], {-std::fabs(*error), i}, limit);
        }
    }
    std::vector<std::vector<std::size_t>> worst(ranked.size());
    for (std::size_t sketch = 0; sketch < ranked.size(); ++sketch) {
        for (const Ranked& entry : ranked[sketch])
            worst[sketch].push_back(entry.second);
    }
    return worst;
}

}  // namespace stream_analyzer
