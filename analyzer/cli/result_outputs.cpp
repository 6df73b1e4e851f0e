#include "cli/result_outputs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/message.hpp"
#include "cli/option_value.hpp"
#include "cli/terminal.hpp"
#include "cli/unless_closed.hpp"
#include "cli/version.hpp"
#include "compare/compared_sketch.hpp"
#include "compare/sketch_verdict.hpp"
#include "core/grouped.hpp"
#include "report/output_target.hpp"
#include "report/summary_json.hpp"
#include "report/summary_text.hpp"

namespace stream_analyzer {

namespace {

std::unique_ptr<OutputFile> open_if(const std::optional<std::string>& path,
                                    const std::atomic<bool>& interrupted) {
    return path ? std::make_unique<OutputFile>(*path, &interrupted) : nullptr;
}

// A table for a person at the terminal, CSV for a program behind a pipe; a pipe gets nothing when
// the results go to files already.
std::optional<ComparisonFormat> format_of_stdout(const OutputRequest& request) {
    if (request.stdout_format) return request.stdout_format;
    if (is_terminal(Stream::out)) return ComparisonFormat::table;
    if (request.paths.empty() && !request.save_path) return ComparisonFormat::csv;
    return std::nullopt;
}

// By the extension; a fifo or device needs none.
ComparisonFormat format_of_path(const std::string& path, std::optional<ComparisonFormat> asked) {
    if (const auto format = comparison_format_of(path)) return *format;
    if (output_target(path).is_replaceable()) {
        refuse_value("output", path, "a path that ends in .csv, .json, .md or .html");
    }
    return asked.value_or(ComparisonFormat::csv);
}

ComparisonFormat laid_out(ComparisonFormat format, bool wide) {
    return wide && format == ComparisonFormat::csv ? ComparisonFormat::wide_csv : format;
}

}  // namespace

ResultOutputs::ResultOutputs(const OutputRequest& request, const std::vector<std::string>& inputs,
                             const std::atomic<bool>& interrupted)
    : quiet_(request.quiet), interrupted_(interrupted) {
    std::vector<std::string> paths = request.paths;
    std::optional<ComparisonFormat> stdout_format = format_of_stdout(request);
    const bool dash = std::ranges::count(paths, "-") > 0;
    if (dash && !stdout_format) stdout_format = ComparisonFormat::csv;
    if (stdout_format && !dash) paths.emplace_back("-");
    std::vector<std::string> all = paths;
    for (const auto& path : {request.summary_path, request.rejects_path, request.save_path}) {
        if (path) all.push_back(*path);
    }
    refuse_if_input(all, inputs);

    for (const std::string& path : paths) {
        const ComparisonFormat format =
            path == "-" ? *stdout_format : format_of_path(path, request.stdout_format);
        comparisons_.push_back({std::make_unique<OutputFile>(path, &interrupted),
                                laid_out(format, request.wide_layout)});
    }
    summary_ = open_if(request.summary_path, interrupted);
    rejects_ = open_if(request.rejects_path, interrupted);
    save_ = open_if(request.save_path, interrupted);
    if (save_ == nullptr) return;
    part_.emplace(PartTarget{*save_, program_version()});
}

// All are written before the first is put in its place: when one of them fails or the run is
// interrupted, every target stays as it was.
void ResultOutputs::write(const AnalysisResult& result, const std::vector<SketchSpec>& sketches,
                          const std::string& command) {
    const ComparisonRows rows(*result.windows, compared_sketches(sketches), &interrupted_);
    const std::vector<SketchVerdict> verdicts = sketch_verdicts(rows);
    const TextStyle style = style_of(Stream::out);
    const ReportContext context{
        .summary = &result.summary, .command = command, .version = program_version()};
    std::vector<OutputFile*> files{summary_.get(), rejects_.get(), save_.get()};
    if (summary_) unless_closed([&] { summary_->write(summary_json(result.summary)); });
    for (const Comparison& output : comparisons_) {
        files.push_back(output.file.get());
        unless_closed(
            [&] { write_comparison(output.format, rows, verdicts, context, style, *output.file); });
    }
    std::erase(files, nullptr);
    for (OutputFile* const file : files)
        unless_closed([file] { file->flush(); });
    for (OutputFile* const file : files)
        unless_closed([file] { file->commit(); });
    if (!quiet_) write_to_stderr(summary_text(result.summary, style_of(Stream::err)));
}

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

}  // namespace stream_analyzer
