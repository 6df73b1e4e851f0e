#include "pipeline/finish_windows.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>

#include "core/error.hpp"
#include "pipeline/emptiness.hpp"
#include "pipeline/parallel.hpp"

namespace stream_analyzer {

namespace {

// A window of any length as a run of windows of the --window length.
struct Job {
    std::size_t length = 0;
    WindowTime start;
    std::size_t first = 0;  // index into CountedWindows
    std::size_t last = 0;   // behind the last
};

std::vector<Job> jobs_of(const CountedWindows& windows, std::span<const WindowGrid> grids) {
    std::vector<Job> jobs;
    for (std::size_t length = 0; length < grids.size(); ++length) {
        for (std::size_t first = 0; first < windows.starts.size();) {
            const WindowInterval whole = grids[length].interval_of(windows.starts[first]);
            std::size_t last = first + 1;
            while (last < windows.starts.size() && windows.starts[last] < whole.end) {
                ++last;
            }
            jobs.push_back({length, whole.start, first, last});
            first = last;
        }
    }
    return jobs;
}

// The dump may have begun within its first window and ended within its last; and its body likewise,
// when a broken time stands far before or behind it.
void mark_incomplete(std::vector<WindowResult>& results, std::span<const WindowGrid> grids) {
    if (results.empty()) return;
    const auto of_length = [&](std::size_t length) {
        const auto begin = std::ranges::lower_bound(results, length, {}, &WindowResult::length);
        const auto end = std::ranges::upper_bound(results, length, {}, &WindowResult::length);
        return std::span(begin, end);
    };
    const DumpBody body = body_of(of_length(0), grids.front());
    const WindowTime body_first = results[body.first].start;
    const WindowTime body_last = results[body.last].start;
    for (std::size_t length = 0; length < grids.size(); ++length) {
        const std::span<WindowResult> windows = of_length(length);
        windows.front().complete = false;
        windows.back().complete = false;
        for (const WindowTime time : {body_first, body_last}) {
            const auto behind = std::ranges::upper_bound(windows, time, {}, &WindowResult::start);
            std::prev(behind)->complete = false;
        }
    }
}

void stop_if_set(const std::atomic<bool>* interrupted) {
    if (interrupted != nullptr && interrupted->load()) {
        throw Interrupted("interrupted when all lines were counted");
    }
}

}  // namespace

WindowedCounts finish_windows(const CountedWindows& windows, std::span<const WindowGrid> grids,
                              const std::vector<SketchSpec>& specs, const GroundTruth* truth,
                              const MergeSketches& merge_sketches, unsigned threads,
                              const std::atomic<bool>* interrupted) {
    const std::vector<Job> jobs = jobs_of(windows, grids);
    WindowedCounts counts;
    for (const WindowGrid& grid : grids) {
        counts.lengths.push_back(grid.length().label());
    }
    counts.windows.resize(jobs.size());

    std::atomic<std::size_t> next_job{0};
    run_on_threads(threads, [&](unsigned /*thread*/, const std::atomic<bool>& failed) {
        std::vector<Sketch> sketches(specs.begin(), specs.end());
        const GroundTruth::TakeHashes add_to_sketches = [&](std::span<const Hash64> hashes) {
            stop_if_set(interrupted);  // a window may take seconds
            for (Sketch& sketch : sketches) {
                sketch.add_all(hashes);
            }
        };
        for (std::size_t i = next_job++; i < jobs.size() && !failed; i = next_job++) {
            stop_if_set(interrupted);
            const Job& job = jobs[i];
            WindowResult& result = counts.windows[i];
            result.length = job.length;
            result.start = job.start;
            for (std::size_t window = job.first; window < job.last; ++window) {
                result.records += windows.records[window];
            }
            for (Sketch& sketch : sketches) {
                sketch.clear();
            }
            const std::span numbers(windows.numbers.data() + job.first, job.last - job.first);
            if (truth != nullptr) {
                const ExactCount exact = truth->count(
                    numbers, sketches.empty() ? GroundTruth::TakeHashes{} : add_to_sketches);
                result.exact = exact.distinct;
                result.exact_bytes = exact.set_bytes();
            } else {
                merge_sketches(numbers, sketches);
            }
            result.estimates.reserve(sketches.size());
            for (const Sketch& sketch : sketches) {
                result.estimates.push_back(sketch.estimate());
            }
        }
    });
    mark_incomplete(counts.windows, grids);
    return counts;
}

}  // namespace stream_analyzer
