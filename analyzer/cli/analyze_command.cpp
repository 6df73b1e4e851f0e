#include "cli/analyze_command.hpp"

#include <utility>

#include "cli/interrupt.hpp"
#include "cli/message.hpp"
#include "cli/reading_run.hpp"
#include "cli/suggested_command.hpp"
#include "cli/terminal.hpp"
#include "cli/typed_command.hpp"
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

AnalysisHooks hooks_of(ResultOutputs& outputs, const std::atomic<bool>& interrupted) {
    AnalysisHooks hooks;
    hooks.interrupted = &interrupted;
    hooks.save = outputs.part_target();
    OutputFile* const rejects = outputs.rejects();
    if (rejects == nullptr) return hooks;
    hooks.take_reject = [rejects, closed = false](const LocatedReject& reject) mutable {
        if (closed) return;
        try {
            write_reject(reject.place.file, reject.place.offset_bytes, reject.place.line,
                         reject.reason, reject.text, *rejects);
        } catch (const ClosedPipe&) {
            closed = true;  // counting goes on
        }
    };
    return hooks;
}

}  // namespace

AnalysisResult run_advised(std::string_view command_name, std::span<const std::string> arguments,
                           const AnalyzeRequest& request, AnalysisHooks hooks) {
    Progress progress(progress_setup(request));
    hooks.progress = [&](std::uint64_t done_bytes, std::optional<std::uint64_t> total_bytes) {
        progress.show(done_bytes, total_bytes);
    };
    try {
        return analyze(request.analysis, hooks);
    } catch (const MissingFieldsError& error) {
        const std::string command = suggested_command(command_name, arguments, error);
        throw NothingToCountError(
            error.what() + (command.empty()
                                ? std::string("\nName the fields with --time-field and --id-field.")
                                : "\nIf the first of them is meant, type:\n  " + command));
    }
}

std::vector<std::string> input_paths(const AnalyzeRequest& request) {
    std::vector<std::string> paths;
    for (const InputSpec& input : request.analysis.inputs) {
        paths.push_back(input.path);
    }
    if (request.files_from) paths.push_back(*request.files_from);
    return paths;
}

ExitCode run_analyze(std::span<const std::string> arguments) {
    AnalyzeRequest request = parse_analyze_request(arguments);
    const std::atomic<bool>& interrupted = watch_for_interrupts();
    request.analysis.inputs = expand_inputs(request.input_arguments, request.files_from);
    ResultOutputs outputs(request.outputs, input_paths(request), interrupted);
    const AnalysisResult result =
        run_advised("analyze", arguments, request, hooks_of(outputs, interrupted));
    outputs.write(result, request.analysis.sketches,
                  typed_command("analyze", arguments, request.analysis.rules.id_field));
    return judge_run(result.summary, request.reject_budget, request.outputs.quiet);
}

}  // namespace stream_analyzer
