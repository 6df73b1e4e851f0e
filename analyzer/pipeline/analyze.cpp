#include "pipeline/analyze.hpp"

#include <fmt/format.h>

#include <chrono>
#include <deque>
#include <mutex>
#include <utility>

#include "core/error.hpp"
#include "core/grouped.hpp"
#include "pipeline/bounded_tally.hpp"
#include "pipeline/counting_worker.hpp"
#include "pipeline/describe_run.hpp"
#include "pipeline/parallel.hpp"
#include "pipeline/part_head.hpp"
#include "pipeline/probe.hpp"
#include "record/interpret.hpp"

namespace stream_analyzer {

namespace {

// Hands the probe's chunks out before the rest of the input.
class ChunkQueue {
  public:
    ChunkQueue(InputSequence& input, std::deque<HeldChunk> held)
        : input_(input), held_(std::move(held)) {}

    [[nodiscard]] bool next(HeldChunk& chunk) {
        {
            const std::lock_guard lock(mutex_);
            if (!held_.empty()) {
                chunk = std::move(held_.front());
                held_.pop_front();
                return true;
            }
        }
        return chunk.take_next(input_);
    }

  private:
    InputSequence& input_;
    std::mutex mutex_;
    std::deque<HeldChunk> held_;
};

bool is_set(const std::atomic<bool>* flag) {
    return flag != nullptr && flag->load();
}

std::optional<double> share_of(std::uint64_t done_bytes, std::optional<std::uint64_t> total_bytes) {
    if (!total_bytes || *total_bytes == 0) return std::nullopt;
    return static_cast<double>(done_bytes) / static_cast<double>(*total_bytes);
}

// Until the input ends, another thread fails or the run is interrupted.
void count_chunks(ChunkQueue& chunks, InputSequence& input, CountingWorker& worker,
                  BoundedTally& tally, LineLedger& ledger, const AnalysisHooks& hooks,
                  const std::atomic<bool>& failed) {
    HeldChunk held;
    while (!failed && !is_set(hooks.interrupted) && chunks.next(held)) {
        ChunkAccount account = worker.count(held.chunk);
        // Of a file that is cut short while it is mapped, what is behind the cut reads as zeros:
        // one line, which never was. The lines ahead of it are true; the file's report has the
        // error.
        if (held.damaged()) account.drop_last_line();
        ledger.post(std::move(account));
        if (hooks.progress) hooks.progress(input.bytes_claimed(), input.bytes_total());
        tally.between_chunks(share_of(input.bytes_claimed(), input.bytes_total()));
    }
}

void describe_inputs(const InputSequence& input, RunSummary& summary) {
    const std::vector<SourceReport> reports = input.reports();
    for (std::size_t i = 0; i < reports.size(); ++i) {
        FileSummary& file = summary.files[i];
        file.bytes = reports[i].bytes;
        file.compression = name_of(reports[i].compression);
        file.error = reports[i].error;
        file.grew = reports[i].grew;
    }
}

void describe_rules(const AnalysisOptions& options, const ReadingRules& rules,
                    StructureKernel kernel, RunSummary& summary) {
    summary.window = options.window.label();
    summary.time_field = rules.time_field.text;
    summary.id_field = rules.id_field.text;
    summary.time_unit = name_of(*rules.time_unit);
    summary.time_unit_chosen = !options.rules.time_unit;
    summary.assume_timezone = rules.assume_timezone;
    summary.timezone = options.timezone;
    summary.hash_seed = options.hash_seed;
    summary.check = rules.check == CheckLevel::full ? "full" : "structure";
    summary.kernel = kernel.name;
    summary.threads = options.threads;
}

std::vector<std::string> names_of(const std::vector<InputSpec>& inputs) {
    std::vector<std::string> names;
    names.reserve(inputs.size());
    for (const InputSpec& input : inputs) {
        names.push_back(input.name);
    }
    return names;
}

// What tells the inputs apart in stored parts. Standard input may be anything.
std::vector<std::string> source_ids(const AnalysisOptions& options) {
    std::vector<std::string> ids;
    for (const InputSpec& input : options.inputs) {
        const std::string path = is_standard_input(input) ? "" : input.path;
        if (!options.source_id) {
            ids.push_back(path);
        } else if (options.inputs.size() == 1) {
            ids.push_back(*options.source_id);
        } else {
            ids.push_back(*options.source_id + "/" + path);
        }
    }
    return ids;
}

std::shared_ptr<const WindowTable> finish(BoundedTally& tally, const AnalysisOptions& options,
                                          const ReadingRules& rules, const RunSummary& summary,
                                          const PartTarget* save) {
    if (save == nullptr) return tally.finish();
    const RunHead head =
        part_head(options, rules, summary.first_event_time.has_value(), save->program_version);
    return tally.finish_and_save(save->sink, head, run_account(summary, source_ids(options)));
}

}  // namespace

AnalysisResult analyze(const AnalysisOptions& options, const AnalysisHooks& hooks) {
    const auto begin = std::chrono::steady_clock::now();
    const std::vector<WindowGrid> grids =
        window_grids(options.window, options.rollups, options.timezone);
    const StructureKernel kernel = choose_structure_kernel();
    InputOptions input_options = options.input;
    input_options.interrupted = hooks.interrupted;
    InputSequence input(options.inputs, input_options);

    // Look at the first lines: do they hold the fields, and what do their times count? From here on
    // the unit is fixed.
    ReadingRules rules = options.rules;
    ProbeResult first =
        probe(input, rules, options.input.max_line_bytes, kernel, hooks.interrupted);
    if (!rules.time_unit) rules.time_unit = first.time_unit.value_or(TimeUnit::seconds);

    // Count: each thread takes chunk after chunk. Ids go to shards that all threads share, or, with
    // no ground truth, to sketches of the thread's own.
    const FieldPlan plan(wanted_fields(rules));
    const CountingRules counting{rules,
                                 plan,
                                 kernel,
                                 options.input.max_line_bytes,
                                 options.hash_seed,
                                 static_cast<bool>(hooks.take_reject)};
    BoundedTally tally({.grids = grids,
                        .exact = options.exact,
                        .sketches = options.sketches,
                        .hash_seed = options.hash_seed,
                        .threads = options.threads,
                        .memory_bytes = options.memory_bytes,
                        .spill_folder = options.spill_folder,
                        .saves = hooks.save != nullptr,
                        .keeps_ids = hooks.window_ids != nullptr,
                        .interrupted = hooks.interrupted});
    LineLedger ledger(names_of(options.inputs), hooks.take_reject);
    ChunkQueue chunks(input, std::move(first.held));
    run_on_threads(options.threads, [&](unsigned thread, const std::atomic<bool>& failed) {
        const LeavesTally leaves(tally);
        CountingWorker worker(counting, tally.feed(thread));
        count_chunks(chunks, input, worker, tally, ledger, hooks, failed);
    });
    if (is_set(hooks.interrupted)) {
        throw Interrupted(fmt::format("interrupted after {} lines", grouped(ledger.lines())));
    }

    // All lines are counted: windows are final. Sketches are made from their distinct ids, or
    // merged from the threads'.
    AnalysisResult result;
    RunSummary& summary = result.summary;
    ledger.fill(summary);
    describe_inputs(input, summary);
    describe_rules(options, rules, kernel, summary);
    result.windows = finish(tally, options, rules, summary, hooks.save);
    if (hooks.window_ids != nullptr) tally.fill(*hooks.window_ids, *result.windows);
    describe_run(*result.windows, grids, tally, begin, summary);
    return result;
}

}  // namespace stream_analyzer
