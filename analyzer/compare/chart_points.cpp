#include "compare/chart_points.hpp"

#include <algorithm>
#include <utility>

namespace stream_analyzer {

namespace {

/// The windows of one line that stay, slot by slot.
class ExtremesOfSlots {
  public:
    explicit ExtremesOfSlots(std::size_t slots) : slots_(slots) {}

    void add(std::size_t slot, std::size_t window, double value) {
        Slot& extremes = slots_.at(slot);
        if (!extremes.seen || value < extremes.least) {
            extremes.least = value;
            extremes.least_window = window;
        }
        if (!extremes.seen || value > extremes.most) {
            extremes.most = value;
            extremes.most_window = window;
        }
        extremes.seen = true;
    }

    [[nodiscard]] ChartLine line() const {
        ChartLine line;
        bool after_gap = false;
        for (const Slot& slot : slots_) {
            if (slot.seen) {
                const auto [first, second] = std::minmax(slot.least_window, slot.most_window);
                line.push_back({.window = first, .after_gap = after_gap});
                if (second != first) line.push_back({.window = second, .after_gap = false});
            }
            after_gap = !slot.seen && !line.empty();
        }
        return line;
    }

  private:
    struct Slot {
        bool seen = false;
        double least = 0;
        double most = 0;
        std::size_t least_window = 0;
        std::size_t most_window = 0;
    };
    std::vector<Slot> slots_;
};

/// What the line of counts is thinned by.
std::optional<double> count_of(const WindowResult& window) {
    if (window.exact) return static_cast<double>(*window.exact);
    if (window.estimates.empty() || window.estimates.front().saturated) return std::nullopt;
    return window.estimates.front().value;
}

/// Indexes of the windows of a length that lie in the span; they are neighbours.
WindowRange range_in_span(const ComparisonRows& rows, std::size_t length, const WindowGrid& grid,
                          const ChartSpan& span) {
    WindowRange range = rows.windows_of_length(length);
    while (range.size > 0 && grid.interval_of(rows.window(range.first).start).end <= span.first) {
        ++range.first;
        --range.size;
    }
    while (range.size > 0 && rows.window(range.first + range.size - 1).start > span.last)
        --range.size;
    return range;
}

void add_all_windows(const ComparisonRows& rows, const WindowGrid& grid, WindowRange range,
                     ChartPoints& points) {
    std::vector<bool> has_errors(rows.sketches().size());
    std::optional<WindowTime> expected;
    for (std::size_t i = range.first; i < range.first + range.size; ++i) {
        const WindowTime start = rows.window(i).start;
        points.counts.push_back({.window = i, .after_gap = expected && *expected != start});
        expected = grid.interval_of(start).end;
        for (std::size_t sketch = 0; sketch < has_errors.size(); ++sketch) {
            if (rows.relative_error(i, sketch)) has_errors[sketch] = true;
        }
    }
    for (std::size_t sketch = 0; sketch < has_errors.size(); ++sketch) {
        if (has_errors[sketch]) points.errors[sketch] = points.counts;
    }
}

void add_extremes(const ComparisonRows& rows, WindowRange range, std::size_t slots,
                  ChartPoints& points) {
    const WindowTime first = rows.window(range.first).start;
    const double span_s =
        static_cast<double>((rows.window(range.first + range.size - 1).start - first).count() + 1);
    ExtremesOfSlots counts(slots);
    std::vector<ExtremesOfSlots> errors(rows.sketches().size(), ExtremesOfSlots(slots));
    for (std::size_t i = range.first; i < range.first + range.size; ++i) {
        const double offset_s = static_cast<double>((rows.window(i).start - first).count());
        const auto slot = static_cast<std::size_t>(offset_s / span_s * static_cast<double>(slots));
        if (const auto count = count_of(rows.window(i))) counts.add(slot, i, *count);
        for (std::size_t sketch = 0; sketch < errors.size(); ++sketch) {
            if (const auto error = rows.relative_error(i, sketch)) {
                errors[sketch].add(slot, i, *error);
            }
        }
    }
    points.counts = counts.line();
    for (std::size_t sketch = 0; sketch < errors.size(); ++sketch)
        points.errors[sketch] = errors[sketch].line();
}

void find_exact_range(const ComparisonRows& rows, WindowRange range, ChartPoints& points) {
    for (std::size_t i = range.first; i < range.first + range.size; ++i) {
        const auto exact = rows.window(i).exact;
        if (!exact) continue;
        points.least_exact = std::min(*exact, points.least_exact.value_or(*exact));
        points.most_exact = std::max(*exact, points.most_exact.value_or(*exact));
    }
}

}  // namespace

ChartPoints chart_points(const ComparisonRows& rows, std::size_t length, const WindowGrid& grid,
                         const ChartSpan& span, std::size_t limit) {
    const WindowRange range = range_in_span(rows, length, grid, span);
    ChartPoints points;
    points.windows = range.size;
    points.far = rows.windows_of_length(length).size - range.size;
    points.errors.resize(rows.sketches().size());
    if (range.size == 0) return points;
    find_exact_range(rows, range, points);
    points.thinned = range.size > limit;
    if (points.thinned) {
        points.slots = limit / 2;
        add_extremes(rows, range, points.slots, points);
    } else {
        add_all_windows(rows, grid, range, points);
    }
    return points;
}

}  // namespace stream_analyzer
