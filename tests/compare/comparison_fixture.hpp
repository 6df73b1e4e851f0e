// Windows and sketches made by hand, for the tests of compare and report.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compare/comparison_row.hpp"

namespace stream_analyzer {

/// A sketch whose theory is the same error at every n.
inline ComparedSketch flat_sketch(std::string name, std::uint64_t memory_bytes, double rse) {
    return {.name = std::move(name), .memory_bytes = memory_bytes, .predicted_rse = [rse](double) {
                return std::optional(rse);
            }};
}

inline constexpr SketchEstimate kSaturated{.value = 0, .saturated = true};

/// 2016-07-11T13:39:00Z, the first minute of the seed's dump, and the minutes after it.
inline WindowTime minute(int number) {
    return WindowTime{std::chrono::seconds{1468244340 + 60 * number}};
}

/// A window of the first length, in the given minute, with three records an id.
inline WindowResult minute_window(int number, std::optional<std::uint64_t> exact,
                                  std::vector<SketchEstimate> estimates) {
    WindowResult window;
    window.start = minute(number);
    window.records = 3 * exact.value_or(10);
    window.exact = exact;
    if (exact) window.exact_bytes = 40 * *exact;
    window.estimates = std::move(estimates);
    return window;
}

inline WindowedCounts minutes(std::vector<WindowResult> windows) {
    if (!windows.empty()) {
        windows.front().complete = false;
        windows.back().complete = false;
    }
    return {.lengths = {"1m"}, .windows = std::move(windows)};
}

}  // namespace stream_analyzer
