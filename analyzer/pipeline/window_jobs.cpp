#include "pipeline/window_jobs.hpp"

namespace stream_analyzer {

std::vector<WindowJob> window_jobs(const CountedWindows& windows,
                                   std::span<const WindowGrid> grids) {
    std::vector<WindowJob> jobs;
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

}  // namespace stream_analyzer
