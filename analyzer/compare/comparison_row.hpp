// Exact against estimate: one row a window and sketch.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "compare/compared_sketch.hpp"
#include "core/event_time.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

/// Below this many ids of predicted standard error a sketch's error is a small count of collisions
/// (Poisson), not normal, and z would mislead: a correct lc:20KiB at n = 100 exceeds 4 sigma in 3 %
/// of windows.
inline constexpr double kLeastNormalError_ids = 5;

/// One row of the long CSV. Every number in it is finite; what is undefined is absent. The texts
/// are views into the ComparisonRows that made the row and its WindowTable.
struct ComparisonRow {
    std::string_view window;  ///< label of the window's length: "1m"
    WindowTime window_start;
    bool complete = true;
    std::uint64_t records = 0;
    std::optional<std::uint64_t> exact;
    std::optional<std::uint64_t> exact_bytes;

    // Everything below is absent when no sketch was asked for.
    std::string_view sketch;
    std::optional<std::uint64_t> sketch_bytes;
    std::optional<double> estimate;        ///< absent when saturated
    std::optional<double> error;           ///< estimate - exact, in ids
    std::optional<double> relative_error;  ///< error / exact, a fraction; absent when exact = 0
    /// Theory's relative standard error at n = exact, or at n = estimate without ground truth.
    std::optional<double> predicted_rse;
    /// relative_error / predicted_rse, where exact * predicted_rse >= kLeastNormalError_ids.
    std::optional<double> z;
    std::optional<bool> saturated;
};

/// The table of all windows and sketches, its rows computed when asked for: two years of minutes
/// times sketches need no memory. `windows` must outlive it. For one thread at a
/// time, and best asked in the order of the windows.
///
/// Whatever goes over all windows asks here for each of them, so this is where it ends on Ctrl-C:
/// a window and its rows throw Interrupted when `interrupted` (may be null) is set.
class ComparisonRows {
  public:
    ComparisonRows(const WindowTable& windows, std::vector<ComparedSketch> sketches,
                   const std::atomic<bool>* interrupted = nullptr);
    ComparisonRows(WindowedCounts counts, std::vector<ComparedSketch> sketches,
                   const std::atomic<bool>* interrupted = nullptr);

    [[nodiscard]] const std::vector<ComparedSketch>& sketches() const { return sketches_; }
    [[nodiscard]] std::size_t windows() const { return table_->size(); }
    /// Labels of the lengths, and the windows of each (an index into lengths()).
    [[nodiscard]] const std::vector<std::string>& lengths() const { return table_->lengths(); }
    [[nodiscard]] WindowRange windows_of_length(std::size_t length) const {
        return table_->range_of(length);
    }
    /// A window by its index; valid until another one or its row is asked for.
    [[nodiscard]] const WindowResult& window(std::size_t index) const;

    /// Rows of each window: one a sketch, but one without sketches too.
    [[nodiscard]] std::size_t rows_per_window() const;

    /// The row of a window (its index) and a sketch (index below
    /// rows_per_window()). Ordered by window, then sketch, rows are in the order of the CSV.
    [[nodiscard]] ComparisonRow row(std::size_t window, std::size_t sketch) const;

    /// row(window, sketch).relative_error without the cost of theory.
    [[nodiscard]] std::optional<double> relative_error(std::size_t window,
                                                       std::size_t sketch) const;

  private:
    std::shared_ptr<const WindowTable> held_;  // counts that were given
    const WindowTable* table_;
    std::vector<ComparedSketch> sketches_;
    const std::atomic<bool>* interrupted_;
    // The window that was asked for last: its rows are asked for one after the other.
    mutable std::size_t last_index_ = SIZE_MAX;
    mutable WindowResult last_;
};

}  // namespace stream_analyzer
