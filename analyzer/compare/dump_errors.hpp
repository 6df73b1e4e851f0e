// The errors of sketches over the windows of a dump.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "compare/accuracy_row.hpp"
#include "compare/compared_sketch.hpp"
#include "window/window_result.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

/// Of numbers of ids the smallest, the median, the 95th percentile (by nearest rank) and the
/// largest; ascending, each once.
[[nodiscard]] std::vector<std::uint64_t> typical_of(std::vector<std::uint64_t> counts);

/// Indexes of windows with the typical numbers of ids of their length, the first of each number;
/// none with more than `most_ids`.
[[nodiscard]] std::vector<std::size_t> typical_windows(const WindowTable& windows,
                                                       std::uint64_t most_ids);

/// Takes windows in the order of time within each length. 8 bytes a window and sketch. The windows
/// of a dump share ids and hash: what they show is a case study.
class DumpErrors {
  public:
    /// `lengths`: labels of the window lengths, as in WindowTable.
    DumpErrors(std::span<const SketchSpec> sketches, std::vector<std::string> lengths);

    /// `window` has ground truth, and an estimate of each sketch.
    void add(const WindowResult& window);

    [[nodiscard]] std::size_t lengths() const { return lengths_.size(); }
    [[nodiscard]] const std::string& label(std::size_t length) const {
        return lengths_.at(length).label;
    }

    /// Rows of one length (an index): theory and dump of each sketch. None without windows that
    /// have ids.
    [[nodiscard]] std::vector<AccuracyRow> rows(std::size_t length) const;

    /// typical_of the numbers of ids in the windows of a length that have ids.
    [[nodiscard]] std::vector<std::uint64_t> typical_cardinalities(std::size_t length) const;

  private:
    /// Of one sketch and length.
    struct Cell {
        std::vector<double> errors;
        std::uint64_t saturated = 0;
        double max_error = -1;
        WindowTime max_window{};
        double predicted_squares = 0;
        std::uint64_t without_theory = 0;
        std::uint64_t with_z = 0;
        std::uint64_t within_1_sigma = 0;
        std::uint64_t within_2_sigma = 0;
    };
    struct Length {
        std::string label;
        std::uint64_t windows = 0;
        double exact_bytes = 0;
        std::vector<std::uint64_t> counts;  ///< above 0
        std::vector<Cell> cells;            ///< one a sketch
    };

    static void add_error(const ComparedSketch& sketch, const WindowResult& window, Cell& cell,
                          const SketchEstimate& estimate);
    [[nodiscard]] AccuracyRow row(const Length& length, std::size_t sketch) const;

    std::vector<SketchSpec> sketches_;
    std::vector<ComparedSketch> theory_;
    std::vector<Length> lengths_;
};

}  // namespace stream_analyzer
