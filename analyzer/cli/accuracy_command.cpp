#include "cli/accuracy_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/accuracy_reading.hpp"
#include "cli/interrupt.hpp"
#include "cli/message.hpp"
#include "cli/option_value.hpp"
#include "cli/reading_run.hpp"
#include "cli/terminal.hpp"
#include "cli/typed_command.hpp"
#include "cli/unless_closed.hpp"
#include "cli/version.hpp"
#include "compare/accuracy_table.hpp"
#include "compare/dump_errors.hpp"
#include "compare/simulation.hpp"
#include "compare/target_range.hpp"
#include "core/grouped.hpp"
#include "report/choice_text.hpp"
#include "report/output_file.hpp"
#include "report/output_target.hpp"
#include "report/summary_text.hpp"

namespace stream_analyzer {

namespace {

struct AccuracyOutput {
    std::unique_ptr<OutputFile> file;
    AccuracyFormat format;
};

// A table for a person at the terminal, CSV for a program behind a pipe; a pipe gets nothing when
// the table goes to files already.
std::optional<AccuracyFormat> format_of_stdout(const AccuracyRequest& request) {
    if (request.stdout_format) return request.stdout_format;
    if (is_terminal(Stream::out)) return AccuracyFormat::table;
    if (request.output_paths.empty()) return AccuracyFormat::csv;
    return std::nullopt;
}

// By the extension; a fifo or device needs none.
AccuracyFormat format_of_path(const std::string& path, std::optional<AccuracyFormat> asked) {
    if (const auto format = accuracy_format_of(path)) return *format;
    if (output_target(path).is_replaceable()) {
        refuse_value("output", path, "a path that ends in .csv, .json, .md, .tex or .html");
    }
    return asked.value_or(AccuracyFormat::csv);
}

// Opened before the work: a wrong path shall not cost the run.
std::vector<AccuracyOutput> open_outputs(const AccuracyRequest& request,
                                         const std::atomic<bool>& interrupted) {
    std::vector<std::string> paths = request.output_paths;
    std::optional<AccuracyFormat> stdout_format = format_of_stdout(request);
    const bool dash = std::ranges::count(paths, kStandardStream) > 0;
    if (dash && !stdout_format) stdout_format = AccuracyFormat::csv;
    if (stdout_format && !dash) paths.emplace_back(kStandardStream);
    refuse_if_input(paths, input_paths(request.reading));
    std::vector<AccuracyOutput> outputs;
    for (const std::string& path : paths) {
        const AccuracyFormat format =
            path == kStandardStream ? *stdout_format : format_of_path(path, request.stdout_format);
        outputs.push_back({std::make_unique<OutputFile>(path, &interrupted), format});
    }
    return outputs;
}

// All are written before the first is put in its place.
void write_outputs(const AccuracyTable& table, const ReportContext& context,
                   std::vector<AccuracyOutput>& outputs) {
    const TextStyle style = style_of(Stream::out);
    for (AccuracyOutput& output : outputs) {
        unless_closed([&] {
            write_accuracy(output.format, table, context, style, *output.file);
            output.file->flush();
        });
    }
    for (AccuracyOutput& output : outputs)
        unless_closed([&] { output.file->commit(); });
}

// Trials of many ids take minutes: who waits is told how to ask for fewer.
void announce(const TrialPlan& plan, bool quiet) {
    // Measured: 6 s of one thread with the default grid, most of which is folded; half a minute
    // with sketches that do not fold.
    constexpr double kLong_ids = 1e10;
    if (plan.cardinalities.empty() || quiet) return;
    const double ids = static_cast<double>(plan.trials) *
                       static_cast<double>(plan.cardinalities.back()) *
                       static_cast<double>(plan.sketches.size());
    if (ids < kLong_ids) return;
    say(fmt::format(
        "{} trials of {} sketches with up to {} ids take a while; --trials asks for "
        "fewer",
        grouped(plan.trials), plan.sketches.size(), grouped(plan.cardinalities.back())));
}

// What a question is about: the numbers of ids that are typical of each window length, and those
// that were given.
std::vector<ChoiceNumbers> numbers_of(const AccuracyRequest& request, const DumpErrors* dump) {
    std::vector<ChoiceNumbers> numbers;
    for (std::size_t length = 0; dump != nullptr && length < dump->lengths(); ++length) {
        numbers.push_back({.window = dump->label(length),
                           .is_rollup = length > 0,
                           .numbers = dump->typical_cardinalities(length)});
    }
    numbers.push_back({.window = "", .is_rollup = false, .numbers = request.cardinalities});
    return numbers;
}

// Every number of ids is tried once, whatever it is of.
TrialPlan plan_of(const AccuracyRequest& request, std::span<const ChoiceNumbers> numbers) {
    TrialPlan plan{.sketches = request.sketches(),
                   .cardinalities = {},
                   .trials = request.trials,
                   .seed = request.seed,
                   .threads = request.reading.analysis.threads};
    for (const ChoiceNumbers& some : numbers) {
        const auto all = with_growth(some.numbers, request.question.growth);
        plan.cardinalities.insert(plan.cardinalities.end(), all.begin(), all.end());
    }
    plan.cardinalities = with_growth(plan.cardinalities, 1);
    return plan;
}

// Given numbers, and those that only growth leads to.
std::vector<std::uint64_t> numbers_without_window(const AccuracyRequest& request,
                                                  std::span<const ChoiceNumbers> numbers,
                                                  const TrialPlan& plan) {
    std::vector<std::uint64_t> typical;
    for (const ChoiceNumbers& some : numbers) {
        if (!some.window.empty())
            typical.insert(typical.end(), some.numbers.begin(), some.numbers.end());
    }
    std::vector<std::uint64_t> others;
    for (const std::uint64_t n : plan.cardinalities) {
        if (std::ranges::count(typical, n) == 0 || std::ranges::count(request.cardinalities, n) > 0)
            others.push_back(n);
    }
    return others;
}

void append_rehashed(const TrialPlan& plan, const TrialErrors& errors, const DumpEvidence& dump,
                     std::size_t length, AccuracyTable& table) {
    for (std::size_t list = 0; list < dump.typical.chosen.size(); ++list) {
        const WindowResult window = dump.windows->at(dump.typical.chosen[list]);
        if (window.length != length) continue;
        append_rehash_rows(plan, errors, list, window, dump.errors.label(length), table.rows);
    }
}

AccuracyTable table_of(const AccuracyRequest& request, const std::optional<DumpEvidence>& dump,
                       const std::atomic<bool>& interrupted) {
    const std::vector<ChoiceNumbers> numbers = numbers_of(request, dump ? &dump->errors : nullptr);
    const TrialPlan plan = plan_of(request, numbers);
    announce(plan, request.reading.outputs.quiet);
    const TrialErrors errors = run_trials(plan, &interrupted);
    const std::vector<AccuracyRow> trials = cardinality_rows(plan, errors);
    AccuracyTable table{
        .trials = plan.trials, .seed = plan.seed, .hash_seed = {}, .rows = {}, .choices = {}};
    if (dump) {
        table.hash_seed = dump->summary.hash_seed;
        const TrialErrors rehashed = run_rehashed_trials(plan, dump->typical.ids, &interrupted);
        for (std::size_t length = 0; length < dump->errors.lengths(); ++length) {
            append_length_rows(dump->errors, length, trials, table.rows);
            if (plan.trials > 0) append_rehashed(plan, rehashed, *dump, length, table);
        }
    }
    append_rows_of(numbers_without_window(request, numbers, plan), trials, "", table.rows);
    fill_ranges(request.question, plan, errors, table.rows);
    if ((request.question.target || request.question.budget_bytes) && !plan.cardinalities.empty()) {
        table.choices = choose_sketches(request.question, plan, errors, numbers);
    }
    return table;
}

// On standard error, when none of the outputs answers the question.
void answer_aside(const AccuracyTable& table, const std::vector<AccuracyOutput>& outputs) {
    const bool only_rows = std::ranges::all_of(outputs, [](const AccuracyOutput& output) {
        return output.format == AccuracyFormat::csv || output.format == AccuracyFormat::latex;
    });
    if (!only_rows) return;
    for (const std::string& sentence : choice_sentences(table))
        write_to_stderr(sentence + "\n");
}

}  // namespace

ExitCode run_accuracy(std::span<const std::string> arguments) {
    AccuracyRequest request = parse_accuracy_request(arguments);
    const std::atomic<bool>& interrupted = watch_for_interrupts();
    if (request.has_input()) expand(request);
    for (const std::string& note : request.notes)
        say(note);
    std::vector<AccuracyOutput> outputs = open_outputs(request, interrupted);
    const auto dump = read_dump(arguments, request, interrupted);
    const ReportContext context{
        .summary = dump ? &dump->summary : nullptr,
        .command = typed_command("accuracy", arguments, request.reading.analysis.rules.id_field),
        .version = program_version()};
    const AccuracyTable table = table_of(request, dump, interrupted);
    write_outputs(table, context, outputs);
    if (!request.reading.outputs.quiet) answer_aside(table, outputs);
    if (!dump) return ExitCode::done;
    if (!request.reading.outputs.quiet)
        write_to_stderr(summary_text(dump->summary, style_of(Stream::err)));
    const LineCounts& total = dump->summary.total;
    if (total.lines == total.blank) {
        say("the input is empty: there is no window to compare sketches on");
    } else if (total.records > 0 && table.rows.empty()) {
        say("no record has an id: there is no window to compare sketches on");
    }
    return judge_run(dump->summary, request.reading.reject_budget, request.reading.outputs.quiet);
}

}  // namespace stream_analyzer
