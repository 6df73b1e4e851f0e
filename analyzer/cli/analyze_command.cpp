#include "cli/analyze_command.hpp"

#include <utility>

#include "cli/interrupt.hpp"
#include "cli/message.hpp"
#include "cli/suggested_command.hpp"
#include "cli/terminal.hpp"
#include "pipeline/analyze.hpp"
#include "pipeline/field_advice.hpp"
#include "report/output_file.hpp"
#include "report/progress.hpp"
#include "report/reject_writer.hpp"

namespace stream_analyzer {

namespace {

Progress::Setup progress_setup(const AnalyzeRequest& request) {
    Progress::Setup setup;
    setup.enabled = !request.outputs.quiet && is_terminal(Stream::err);
    setup.draw = write_to_stderr;
    return setup;
}

AnalysisResult run_analysis(const AnalyzeRequest& request, const std::atomic<bool>& interrupted,
                            ResultOutputs& outputs) {
    Progress progress(progress_setup(request));
    AnalysisHooks hooks;
    hooks.interrupted = &interrupted;
    hooks.save = outputs.part_target();
    OutputFile* const rejects = outputs.rejects();
    hooks.progress = [&](std::uint64_t done_bytes, std::optional<std::uint64_t> total_bytes) {
        progress.show(done_bytes, total_bytes);
    };
    if (rejects != nullptr) {
        hooks.take_reject = [rejects, closed = false](const LocatedReject& reject) mutable {
            if (closed) return;
            try {
                write_reject(reject.place.file, reject.place.offset_bytes, reject.place.line,
                             reject.reason, reject.text, *rejects);
            } catch (const ClosedPipe&) {
                closed = true;  // counting goes on
            }
        };
    }
    return analyze(request.analysis, hooks);
}

// If the fields are not in the dump, the message ends with the complete command to type.
AnalysisResult run_advised(std::span<const std::string> arguments, const AnalyzeRequest& request,
                           const std::atomic<bool>& interrupted, ResultOutputs& outputs) {
    try {
        return run_analysis(request, interrupted, outputs);
    } catch (const MissingFieldsError& error) {
        const std::string command = suggested_command(arguments, error);
        throw NothingToCountError(
            error.what() + (command.empty()
                                ? std::string("\nName the fields with --time-field and --id-field.")
                                : "\nIf the first of them is meant, type:\n  " + command));
    }
}

}  // namespace

ExitCode run_analyze(std::span<const std::string> arguments) {
    AnalyzeRequest request = parse_analyze_request(arguments);
    const std::atomic<bool>& interrupted = watch_for_interrupts();
    request.analysis.inputs = expand_inputs(request.input_arguments, request.files_from);
    std::vector<std::string> inputs;
    for (const InputSpec& input : request.analysis.inputs) {
        inputs.push_back(input.path);
    }
    if (request.files_from) inputs.push_back(*request.files_from);
    ResultOutputs outputs(request.outputs, inputs, interrupted);
    const AnalysisResult result = run_advised(arguments, request, interrupted, outputs);
    outputs.write(result, request.analysis.sketches);
    return judge_run(result.summary, request.reject_budget, request.outputs.quiet);
}

}  // namespace stream_analyzer
