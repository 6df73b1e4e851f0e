#include "cli/analyze_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/interrupt.hpp"
#include "cli/message.hpp"
#include "cli/option_value.hpp"
#include "cli/suggested_command.hpp"
#include "cli/terminal.hpp"
#include "compare/compared_sketch.hpp"
#include "compare/sketch_verdict.hpp"
#include "core/grouped.hpp"
#include "pipeline/analyze.hpp"
#include "pipeline/field_advice.hpp"
#include "report/output_file.hpp"
#include "report/output_target.hpp"
#include "report/progress.hpp"
#include "report/reject_writer.hpp"
#include "report/summary_json.hpp"
#include "report/summary_text.hpp"

namespace stream_analyzer {

namespace {

struct ComparisonOutput {
    std::unique_ptr<OutputFile> file;
    ComparisonFormat format;
};

// Every output, opened before the work: a wrong path shall not cost the run.
struct Outputs {
    std::vector<ComparisonOutput> comparisons;
    std::unique_ptr<OutputFile> summary;
    std::unique_ptr<OutputFile> rejects;
};

std::unique_ptr<OutputFile> open_if(const std::optional<std::string>& path,
                                    const std::atomic<bool>& interrupted) {
    return path ? std::make_unique<OutputFile>(*path, &interrupted) : nullptr;
}

// A table for a person at the terminal, CSV for a program behind a pipe; a pipe gets nothing when
// the results go to files already.
std::optional<ComparisonFormat> format_of_stdout(const AnalyzeRequest& request) {
    if (request.stdout_format) return request.stdout_format;
    if (is_terminal(Stream::out)) return ComparisonFormat::table;
    if (request.output_paths.empty()) return ComparisonFormat::csv;
    return std::nullopt;
}

// By the extension; a fifo or device needs none.
ComparisonFormat format_of_path(const std::string& path, std::optional<ComparisonFormat> asked) {
    if (const auto format = comparison_format_of(path)) return *format;
    if (output_target(path).is_replaceable()) {
        refuse_value("output", path, "a path that ends in .csv, .json or .md");
    }
    return asked.value_or(ComparisonFormat::csv);
}

ComparisonFormat laid_out(ComparisonFormat format, bool wide) {
    return wide && format == ComparisonFormat::csv ? ComparisonFormat::wide_csv : format;
}

Outputs open_outputs(const AnalyzeRequest& request, const std::atomic<bool>& interrupted) {
    std::vector<std::string> paths = request.output_paths;
    std::optional<ComparisonFormat> stdout_format = format_of_stdout(request);
    const bool dash = std::ranges::count(paths, "-") > 0;
    if (dash && !stdout_format) stdout_format = ComparisonFormat::csv;
    if (stdout_format && !dash) paths.emplace_back("-");
    std::vector<std::string> all = paths;
    if (request.summary_path) all.push_back(*request.summary_path);
    if (request.rejects_path) all.push_back(*request.rejects_path);
    std::vector<std::string> inputs;
    for (const InputSpec& input : request.analysis.inputs) {
        inputs.push_back(input.path);
    }
    if (request.files_from) inputs.push_back(*request.files_from);
    refuse_if_input(all, inputs);

    Outputs outputs;
    for (const std::string& path : paths) {
        const ComparisonFormat format =
            path == "-" ? *stdout_format : format_of_path(path, request.stdout_format);
        outputs.comparisons.push_back({std::make_unique<OutputFile>(path, &interrupted),
                                       laid_out(format, request.wide_layout)});
    }
    outputs.summary = open_if(request.summary_path, interrupted);
    outputs.rejects = open_if(request.rejects_path, interrupted);
    return outputs;
}

Progress::Setup progress_setup(const AnalyzeRequest& request) {
    Progress::Setup setup;
    setup.enabled = !request.quiet && is_terminal(Stream::err);
    setup.draw = write_to_stderr;
    return setup;
}

AnalysisResult run_analysis(const AnalyzeRequest& request, const std::atomic<bool>& interrupted,
                            OutputFile* rejects) {
    Progress progress(progress_setup(request));
    AnalysisHooks hooks;
    hooks.interrupted = &interrupted;
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
                           const std::atomic<bool>& interrupted, OutputFile* rejects) {
    try {
        return run_analysis(request, interrupted, rejects);
    } catch (const MissingFieldsError& error) {
        const std::string command = suggested_command(arguments, error);
        throw NothingToCountError(
            error.what() + (command.empty()
                                ? std::string("\nName the fields with --time-field and --id-field.")
                                : "\nIf the first of them is meant, type:\n  " + command));
    }
}

// The reader of one output may leave; the others are written all the same.
template <typename Write>
void unless_closed(OutputFile* file, Write write) {
    if (file == nullptr) return;
    try {
        write(*file);
    } catch (const ClosedPipe&) {
        return;  // it has what it wanted
    }
}

// All are written before the first is put in its place: when one of them fails or the run is
// interrupted, every target stays as it was.
void write_outputs(const AnalysisResult& result, const AnalyzeRequest& request, Outputs& outputs) {
    const ComparisonRows rows(*result.windows, compared_sketches(request.analysis.sketches));
    const std::vector<SketchVerdict> verdicts = sketch_verdicts(rows);
    const TextStyle style = style_of(Stream::out);
    std::vector<OutputFile*> files{outputs.summary.get(), outputs.rejects.get()};
    unless_closed(outputs.summary.get(),
                  [&](OutputFile& file) { file.write(summary_json(result.summary)); });
    for (const ComparisonOutput& output : outputs.comparisons) {
        files.push_back(output.file.get());
        unless_closed(output.file.get(), [&](OutputFile& file) {
            write_comparison(output.format, rows, verdicts, style, file);
        });
    }
    for (OutputFile* const file : files) {
        unless_closed(file, [](OutputFile& written) { written.flush(); });
    }
    for (OutputFile* const file : files) {
        unless_closed(file, [](OutputFile& written) { written.commit(); });
    }
}

// Of several exit codes the gravest; what happened is said on standard error.
ExitCode judge_run(const RunSummary& summary, const RejectBudget& budget, bool quiet) {
    ExitCode code = ExitCode::done;
    const LineCounts& total = summary.total;
    if (total.records == 0 && total.lines > total.blank) {
        say(fmt::format("no record to count: {} filtered, {} anonymous, {} rejected",
                        grouped(total.filtered), grouped(total.anonymous),
                        grouped(total.all_rejects())));
        code = ExitCode::too_many_rejects;
    }
    if (budget.is_exceeded_by(total.all_rejects(), total.lines)) {
        say(fmt::format("{} of {} lines were rejected, more than --max-rejects allows",
                        grouped(total.all_rejects()), grouped(total.lines)));
        code = ExitCode::too_many_rejects;
    }
    for (const FileSummary& file : summary.files) {
        if (!file.error) continue;
        if (quiet) say(*file.error);  // else the summary said it
        code = ExitCode::input_output;
    }
    return code;
}

}  // namespace

ExitCode run_analyze(std::span<const std::string> arguments) {
    AnalyzeRequest request = parse_analyze_request(arguments);
    const std::atomic<bool>& interrupted = watch_for_interrupts();
    request.analysis.inputs = expand_inputs(request.input_arguments, request.files_from);
    Outputs outputs = open_outputs(request, interrupted);
    const AnalysisResult result =
        run_advised(arguments, request, interrupted, outputs.rejects.get());
    write_outputs(result, request, outputs);
    if (!request.quiet) {
        write_to_stderr(summary_text(result.summary, style_of(Stream::err)));
    }
    return judge_run(result.summary, request.reject_budget, request.quiet);
}

}  // namespace stream_analyzer
