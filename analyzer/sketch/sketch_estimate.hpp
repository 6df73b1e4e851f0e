#pragma once

namespace stream_analyzer {

/// What a sketch says of a window. A saturated sketch (a full linear counter) has no estimate:
/// `value` is then 0 and must not be printed.
struct SketchEstimate {
    double value = 0;
    bool saturated = false;

    friend bool operator==(const SketchEstimate&, const SketchEstimate&) = default;
};

}  // namespace stream_analyzer
