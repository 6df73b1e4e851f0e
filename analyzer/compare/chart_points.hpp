// The windows that a chart shows: all of them where they are few, else those with the extremes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "compare/comparison_row.hpp"
#include "window/window_grid.hpp"

namespace stream_analyzer {

/// A window on a line of a chart.
struct ChartPoint {
    std::size_t window = 0;  ///< index into ComparisonRows
    bool after_gap = false;  ///< emptiness lies before it: the line is broken there
};

/// In the order of time.
using ChartLine = std::vector<ChartPoint>;

/// The windows of one length, without those far from the body of the dump: beside a broken time of
/// another century all others would be one dot.
struct ChartPoints {
    std::size_t windows = 0;  ///< in the chart's span
    std::size_t far = 0;      ///< of the length outside of it
    bool thinned = false;     ///< lines do not show all windows of the span
    std::size_t slots = 0;    ///< stretches of time that the span is cut into, if it is thinned
    /// Smallest and largest number of distinct ids of the span; absent without ground truth.
    std::optional<std::uint64_t> least_exact;
    std::optional<std::uint64_t> most_exact;
    ChartLine counts;               ///< for the exact count and all estimates
    std::vector<ChartLine> errors;  ///< one a sketch; empty where it has no error at all
};

/// First and last window (of the first length) of the dump's body.
struct ChartSpan {
    WindowTime first;
    WindowTime last;
};

/// Points of a length (an index into rows.lengths(); `grid` is that length's). At most about
/// `limit` (at least 2) windows on a line: where there are more, time is cut into limit / 2 equal
/// slots, and of each the windows with the smallest and the largest value stay (the earliest of
/// several), so that no peak is lost. The value is the exact count (without ground truth the
/// estimate of the first sketch) for `counts`, and the relative error for `errors`. Then a gap is a
/// slot without a window. O(windows * sketches).
[[nodiscard]] ChartPoints chart_points(const ComparisonRows& rows, std::size_t length,
                                       const WindowGrid& grid, const ChartSpan& span,
                                       std::size_t limit);

}  // namespace stream_analyzer
