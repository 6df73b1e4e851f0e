// Stored parts as one result.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/analyze.hpp"
#include "sketch/sketch_spec.hpp"
#include "window/window_length.hpp"

namespace stream_analyzer {

struct MergeOptions {
    std::vector<std::string> parts;  ///< paths; "-" is standard input
    std::vector<WindowLength> rollups;
    unsigned threads = 1;  ///< at least 1
    std::uint64_t memory_bytes = default_memory_bytes();
    std::string spill_folder = default_spill_folder();
    /// Instead of the parts' own: needs parts with ids.
    std::optional<std::vector<SketchSpec>> sketches;
};

struct MergeResult {
    AnalysisResult result;
    std::vector<SketchSpec> sketches;  ///< those of the parts, or of the options
};

/// Counts the windows of all parts, as if their inputs had been analyzed in one run: in any order
/// and grouping the same bytes come out, and go to hooks.save. Roll-ups are united anew from the
/// windows. A part is read once, as a stream, by one thread.
///
/// Throws EnvironmentError for parts that cannot be read, are damaged, were counted differently, or
/// hold the same bytes of an input; UsageError for roll-ups that do not fit; Interrupted.
[[nodiscard]] MergeResult merge_parts(const MergeOptions& options, const AnalysisHooks& hooks);

}  // namespace stream_analyzer
