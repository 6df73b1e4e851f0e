// The few windows worth showing to people: the first, the last and the worst.
#pragma once

#include <cstddef>
#include <vector>

#include "compare/comparison_row.hpp"

namespace stream_analyzer {

struct NotableWindow {
    std::size_t window = 0;  ///< index into WindowedCounts::windows
    /// Sketches (indexes) that have their largest |relative error| of this window length here: the
    /// earliest of several, and no window when all errors are 0.
    std::vector<std::size_t> worst_of;
};

/// At most `limit` windows in the order of the rows. Each window length gets an equal share, and
/// what a length does not need goes to the others. Of a length with more windows than its share: a
/// quarter of it are the first windows, a quarter the last, the others those with the largest
/// |relative error| of any sketch, beginning with each sketch's own worst; where there are no
/// errors to rank by, windows at the beginning. O(windows * sketches).
[[nodiscard]] std::vector<NotableWindow> notable_windows(const ComparisonRows& rows,
                                                         std::size_t limit);

}  // namespace stream_analyzer
