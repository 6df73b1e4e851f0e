#include "pipeline/analyze.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <deque>
#include <mutex>
#include <utility>

#include "core/error.hpp"
#include "core/grouped.hpp"
#include "pipeline/bounded_tally.hpp"
#include "pipeline/counting_worker.hpp"
#include "pipeline/emptiness.hpp"
#include "pipeline/parallel.hpp"
#include "pipeline/probe.hpp"
#include "record/interpret.hpp"

namespace stream_analyzer {

namespace {

std::vector<WindowGrid> grids_of(const AnalysisOptions& options) {
    std::vector<WindowGrid> grids;
    grids.emplace_back(options.window, options.timezone);
    for (const WindowLength& rollup : options.rollups) {
        grids.emplace_back(rollup, options.timezone);
        grids.front().require_to_tile(grids.back());
    }
    return grids;
}

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

// Whatever ends a thread: nobody waits for it.
class LeavesTally {
  public:
    explicit LeavesTally(BoundedTally& tally) : tally_(tally) {}
    LeavesTally(const LeavesTally&) = delete;
    LeavesTally& operator=(const LeavesTally&) = delete;
    ~LeavesTally() { tally_.leave(); }

  private:
    BoundedTally& tally_;
};

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

std::uint64_t peak_memory_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts KiB
}

void describe_inputs(const InputSequence& input, RunSummary& summary) {
    const std::vector<SourceReport> reports = input.reports();
    for (std::size_t i = 0; i < reports.size(); ++i) {
        FileSummary& file = summary.files[i];
        file.bytes = reports[i].bytes;
        file.compression = name_of(reports[i].compression);
        file.error = reports[i].error;
        if (reports[i].grew) {
            summary.warnings.push_back(file.name +
                                       " grew while it was read; what was added is not counted");
        }
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

void describe_windows(const WindowTable& windows, std::span<const WindowGrid> grids,
                      RunSummary& summary) {
    summary.windows = windows.range_of(0).size;
    find_emptiness(windows, grids.front(), summary);
    // A time before 1900 in a zone's local mean time is bad input, most likely; it is no reason to
    // give nothing at all.
    for (std::size_t i = summary.windows; i < windows.size(); ++i) {
        const WindowResult window = windows.at(i);
        const WindowGrid& grid = grids[window.length];
        if (grids.front().tiles_at(grid, window.start)) continue;
        summary.warnings.push_back(fmt::format(
            "the {} from {} does not begin and end with windows of {}: it is the union of those "
            "that begin in it",
            grid.length().label(), iso8601(window.start), grids.front().length().label()));
        break;
    }
}

std::vector<std::string> names_of(const std::vector<InputSpec>& inputs) {
    std::vector<std::string> names;
    names.reserve(inputs.size());
    for (const InputSpec& input : inputs) {
        names.push_back(input.name);
    }
    return names;
}

}  // namespace

AnalysisResult analyze(const AnalysisOptions& options, const AnalysisHooks& hooks) {
    const auto begin = std::chrono::steady_clock::now();
    const std::vector<WindowGrid> grids = grids_of(options);
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
    std::uint64_t saved_windows = 0;
    result.windows = tally.finish(nullptr, saved_windows);

    // The account.
    RunSummary& summary = result.summary;
    ledger.fill(summary);
    describe_inputs(input, summary);
    describe_rules(options, rules, kernel, summary);
    describe_windows(*result.windows, grids, summary);
    summary.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    summary.spilled_runs = tally.spilled_runs();
    summary.spilled_bytes = tally.spilled_bytes();
    summary.peak_memory_bytes = peak_memory_bytes();
    return result;
}

}  // namespace stream_analyzer
