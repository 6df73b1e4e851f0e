// Rows of the error table as charts have them: by size, and by number of ids.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compare/accuracy_row.hpp"

namespace stream_analyzer {

/// Rows that are about the same ids: error against memory.
struct SizeChart {
    std::string window;  ///< label of the window length; empty without a dump
    std::uint64_t n_min = 0;
    std::uint64_t n_max = 0;
    std::optional<std::uint64_t> windows;  ///< that were observed; absent where trials were
    bool is_rollup = false;                ///< they are of a roll-up: their sketches are merged
    /// Memory of the exact set of one window, on average; absent without a dump.
    std::optional<double> exact_bytes;
    std::vector<AccuracyRow> rows;  ///< of all sketches and kinds of evidence, as in the table
};

/// A chart for the windows of each length, and one for trials: of each length at the second of its
/// numbers of ids (the median), of given numbers at the first, the middle and the last.
[[nodiscard]] std::vector<SizeChart> size_charts(const std::vector<AccuracyRow>& rows);

/// Rows of one sketch: error against the number of ids.
struct CardinalityChart {
    SketchSpec sketch;
    std::size_t numbers = 0;  ///< of ids that there are
    /// One a number of ids, ascending: trials, or theory where there are none. At most about
    /// `limit`: of each of limit / 2 stretches the first and the one with the largest error.
    std::vector<AccuracyRow> rows;
};

/// In the order of the table.
[[nodiscard]] std::vector<CardinalityChart> cardinality_charts(const std::vector<AccuracyRow>& rows,
                                                               std::size_t limit);

}  // namespace stream_analyzer
