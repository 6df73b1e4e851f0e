#include "cli/accuracy_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/reading_run.hpp"
#include "core/error.hpp"
#include "pipeline/merge_parts.hpp"
#include "store/file_source.hpp"

namespace stream_analyzer {

namespace {

AnalysisResult read_parts(const AccuracyRequest& request, const AnalysisHooks& hooks) {
    const AnalysisOptions& analysis = request.reading.analysis;
    MergeOptions merge{.parts = {},
                       .rollups = analysis.rollups,
                       .threads = analysis.threads,
                       .memory_bytes = analysis.memory_bytes,
                       .spill_folder = analysis.spill_folder,
                       .sketches = request.sketches()};
    for (const InputSpec& input : analysis.inputs)
        merge.parts.push_back(input.path);
    return merge_parts(merge, hooks).result;
}

}  // namespace

void expand(AccuracyRequest& request) {
    AnalyzeRequest& reading = request.reading;
    reading.analysis.inputs = expand_inputs(reading.input_arguments, reading.files_from);
    const std::vector<InputSpec>& inputs = reading.analysis.inputs;
    const auto is_part = [](const InputSpec& input) { return is_stored_part(input.path); };
    const auto part = std::ranges::find_if(inputs, is_part);
    if (part == inputs.end()) return;
    const auto dump = std::ranges::find_if_not(inputs, is_part);
    if (dump != inputs.end()) {
        throw UsageError(fmt::format(
            "{} is a stored part and {} is none: store dumps with analyze --save, or give dumps "
            "alone",
            part->name, dump->name));
    }
    if (!request.dump_options.empty()) {
        throw UsageError(
            fmt::format("--{} says how a dump is read, and {} is a stored part: it "
                        "has been read",
                        request.dump_options.front(), part->name));
    }
    request.reads_parts = true;
}

std::optional<DumpEvidence> read_dump(std::span<const std::string> arguments,
                                      const AccuracyRequest& request,
                                      const std::atomic<bool>& interrupted) {
    if (!request.has_input()) return std::nullopt;
    WindowIds typical;
    typical.choose = [](const WindowTable& windows) {
        return typical_windows(windows, kMostRehashedIds);
    };
    AnalysisHooks hooks;
    hooks.interrupted = &interrupted;
    if (request.trials > 0) hooks.window_ids = &typical;
    AnalysisResult result = request.reads_parts
                                ? read_parts(request, hooks)
                                : run_advised("accuracy", arguments, request.reading, hooks);
    DumpErrors errors(request.sketches(), result.windows->lengths());
    for (std::size_t i = 0; i < result.windows->size(); ++i) {
        if (interrupted) throw Interrupted("interrupted while windows were compared");
        errors.add(result.windows->at(i));
    }
    return DumpEvidence{.summary = std::move(result.summary),
                        .windows = std::move(result.windows),
                        .errors = std::move(errors),
                        .typical = std::move(typical)};
}

}  // namespace stream_analyzer
