// What is known of every window when counting is over: the input of comparison and report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/event_time.hpp"
#include "sketch/sketch_estimate.hpp"

namespace stream_analyzer {

struct WindowResult {
    /// Index into the lengths of the table that it is in.
    std::size_t length = 0;
    WindowTime start;
    /// False for the dump's first and last window of each length, and for those of its body when
    /// windows stand far from it: it may have begun before the dump or end after it.
    bool complete = true;
    std::uint64_t records = 0;
    /// Distinct ids (ground truth); absent with --no-exact.
    std::optional<std::uint64_t> exact;
    /// ExactCount::set_bytes().
    std::optional<std::uint64_t> exact_bytes;
    /// One a sketch, in the order of the options.
    std::vector<SketchEstimate> estimates;
};

/// Windows ordered by length (--window first, then the roll-ups as given), then by start.
/// Only windows with records are present.
struct WindowedCounts {
    /// Labels: "1m", "1h", "1mo", ...
    std::vector<std::string> lengths;
    std::vector<WindowResult> windows;
};

}  // namespace stream_analyzer
