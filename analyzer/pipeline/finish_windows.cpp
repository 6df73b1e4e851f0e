#include "pipeline/finish_windows.hpp"

#include <algorithm>
#include <atomic>

#include "core/error.hpp"
#include "pipeline/emptiness.hpp"
#include "pipeline/parallel.hpp"
#include "sketch/sketch_set.hpp"

namespace stream_analyzer {

namespace {

void mark_incomplete(WindowedCounts& counts, const WindowGrid& grid) {
    for (const std::size_t index : incomplete_windows(ViewedWindows(counts), grid)) {
        counts.windows[index].complete = false;
    }
}

void stop_if_set(const std::atomic<bool>* interrupted) {
    stop_if_interrupted(interrupted, "interrupted when all lines were counted");
}

}  // namespace

WindowedCounts finish_windows(const CountedWindows& windows, std::span<const WindowGrid> grids,
                              const std::vector<SketchSpec>& specs, const GroundTruth* truth,
                              const MergeSketches& merge_sketches, unsigned threads,
                              const std::atomic<bool>* interrupted) {
    const std::vector<WindowJob> jobs = window_jobs(windows, grids);
    WindowedCounts counts;
    for (const WindowGrid& grid : grids) {
        counts.lengths.push_back(grid.length().label());
    }
    counts.windows.resize(jobs.size());

    std::atomic<std::size_t> next_job{0};
    run_on_threads(threads, [&](unsigned /*thread*/, const std::atomic<bool>& failed) {
        SketchSet sketches(specs);
        const GroundTruth::TakeHashes add_hashes = [&](std::span<const Hash64> hashes) {
            stop_if_set(interrupted);  // a window may take seconds
            sketches.add_all(hashes);
        };
        // Distinct ids alone are hashed again for other systems' sketches.
        const GroundTruth::TakeTexts add_texts = [&](std::span<const std::string_view> ids) {
            sketches.add_texts(ids);
        };
        for (std::size_t i = next_job++; i < jobs.size() && !failed; i = next_job++) {
            stop_if_set(interrupted);
            const WindowJob& job = jobs[i];
            WindowResult& result = counts.windows[i];
            result.length = job.length;
            result.start = job.start;
            for (std::size_t window = job.first; window < job.last; ++window) {
                result.records += windows.records[window];
            }
            sketches.clear();
            const std::span numbers(windows.numbers.data() + job.first, job.last - job.first);
            if (truth != nullptr) {
                const ExactCount exact =
                    truth->count(numbers, specs.empty() ? GroundTruth::TakeHashes{} : add_hashes,
                                 sketches.wants_texts() ? add_texts : GroundTruth::TakeTexts{});
                result.exact = exact.distinct;
                result.exact_bytes = exact.set_bytes();
            } else {
                merge_sketches(numbers, sketches.sketches());
            }
            result.estimates.reserve(specs.size());
            for (const Sketch& sketch : sketches.sketches()) {
                result.estimates.push_back(sketch.estimate());
            }
        }
    });
    mark_incomplete(counts, grids.front());
    return counts;
}

}  // namespace stream_analyzer
