// The main job, from inputs to results.
#pragma once

#include <memory>

#include "pipeline/analysis_options.hpp"
#include "pipeline/run_summary.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

struct AnalysisResult {
    std::shared_ptr<const WindowTable> windows;
    RunSummary summary;
};

/// Reads every line of the inputs once and counts distinct ids in every window, exactly and with
/// each sketch. The counts are the same for any number of threads, chunk size and kind of input.
///
/// Throws UsageError (options that do not fit together), MissingFieldsError (the fields are not in
/// the input), EnvironmentError (the inputs cannot be opened) and Interrupted. An input that fails
/// while it is read is no exception: what was read is counted and FileSummary::error says what
/// happened.
[[nodiscard]] AnalysisResult analyze(const AnalysisOptions& options, const AnalysisHooks& hooks);

}  // namespace stream_analyzer
