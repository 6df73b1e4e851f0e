#include "pipeline/analyze.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <mutex>
#include <numeric>
#include <utility>

#include "core/error.hpp"
#include "core/grouped.hpp"
#include "exact/ground_truth.hpp"
#include "pipeline/counting_worker.hpp"
#include "pipeline/emptiness.hpp"
#include "pipeline/finish_windows.hpp"
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

// Until the input ends, another thread fails or the run is interrupted.
void count_chunks(ChunkQueue& chunks, InputSequence& input, CountingWorker& worker,
                  LineLedger& ledger, const AnalysisHooks& hooks, const std::atomic<bool>& failed) {
    HeldChunk held;
    while (!failed && !is_set(hooks.interrupted) && chunks.next(held)) {
        ChunkAccount account = worker.count(held.chunk);
        // Of a file that is cut short while it is mapped, what is behind the cut reads as zeros:
        // one line, which never was. The lines ahead of it are true; the file's report has the
        // error.
        if (held.damaged()) account.drop_last_line();
        ledger.post(std::move(account));
        if (hooks.progress) hooks.progress(input.bytes_claimed(), input.bytes_total());
    }
}

// The workers' windows, put together and ordered by time.
CountedWindows collect_windows(const WindowIndex& index,
                               const std::deque<CountingWorker>& workers) {
    const std::vector<WindowTime>& starts = index.starts();
    CountedWindows windows;
    windows.numbers.resize(starts.size());
    std::iota(windows.numbers.begin(), windows.numbers.end(), WindowNumber{0});
    std::ranges::sort(windows.numbers, {}, [&](WindowNumber number) { return starts[number]; });
    for (const WindowNumber number : windows.numbers) {
        windows.starts.push_back(starts[number]);
        std::uint64_t& records = windows.records.emplace_back(0);
        for (const CountingWorker& worker : workers) {
            if (number < worker.records().size()) records += worker.records()[number];
        }
    }
    return windows;
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

// Windows of the --window length come first in the counts.
std::span<const WindowResult> base_windows(const WindowedCounts& counts) {
    const auto end = std::ranges::find_if(
        counts.windows, [](const WindowResult& window) { return window.length != 0; });
    return {counts.windows.begin(), end};
}

void describe_windows(const WindowedCounts& counts, std::span<const WindowGrid> grids,
                      RunSummary& summary) {
    const std::span<const WindowResult> windows = base_windows(counts);
    summary.windows = windows.size();
    find_emptiness(windows, grids.front(), summary);
    // A time before 1900 in a zone's local mean time is bad input, most likely; it is no reason to
    // give nothing at all.
    for (const WindowResult& window : counts.windows) {
        if (window.length == 0) continue;
        const WindowGrid& grid = grids[window.length];
        if (grids.front().tiles_at(grid, window.start)) continue;
        summary.warnings.push_back(fmt::format(
            "the {} from {} does not begin and end with windows of {}: it is the union of those "
            "that begin in it",
            grid.length().label(), iso8601(window.start), grids.front().length().label()));
        break;
    }
}

MergeSketches merge_of(const std::deque<CountingWorker>& workers) {
    return [&workers](std::span<const WindowNumber> windows, std::span<Sketch> into) {
        for (const CountingWorker& worker : workers) {
            for (const WindowNumber window : windows) {
                worker.sketches().merge_into(window, into);
            }
        }
    };
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
                                 grids.front(),
                                 options.input.max_line_bytes,
                                 options.hash_seed,
                                 static_cast<bool>(hooks.take_reject)};
    WindowIndex index;
    std::optional<GroundTruth> truth;
    if (options.exact) truth.emplace(options.threads);
    std::deque<CountingWorker> workers;
    for (unsigned thread = 0; thread < options.threads; ++thread) {
        workers.emplace_back(counting, index, truth ? &*truth : nullptr, options.sketches);
    }
    LineLedger ledger(names_of(options.inputs), hooks.take_reject);
    ChunkQueue chunks(input, std::move(first.held));
    run_on_threads(options.threads, [&](unsigned thread, const std::atomic<bool>& failed) {
        count_chunks(chunks, input, workers[thread], ledger, hooks, failed);
    });
    if (is_set(hooks.interrupted)) {
        throw Interrupted(fmt::format("interrupted after {} lines", grouped(ledger.lines())));
    }

    // All lines are counted: windows are final. Sketches are made from their distinct ids, or
    // merged from the threads'.
    AnalysisResult result;
    result.counts = finish_windows(collect_windows(index, workers), grids, options.sketches,
                                   truth ? &*truth : nullptr, merge_of(workers), options.threads,
                                   hooks.interrupted);

    // The account.
    RunSummary& summary = result.summary;
    ledger.fill(summary);
    describe_inputs(input, summary);
    describe_rules(options, rules, kernel, summary);
    describe_windows(result.counts, grids, summary);
    summary.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    summary.peak_memory_bytes = peak_memory_bytes();
    return result;
}

}  // namespace stream_analyzer
