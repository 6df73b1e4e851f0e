#include "pipeline/tally.hpp"

#include <algorithm>
#include <numeric>

namespace stream_analyzer {

namespace {

// While windows are spilled: CountedWindows, and a WindowJob, perhaps moved to a longer list.
constexpr std::size_t kListedWindow_bytes =
    sizeof(WindowTime) + sizeof(WindowNumber) + sizeof(std::uint64_t) + 2 * sizeof(WindowJob);

}  // namespace

Tally::Tally(const WindowGrid& grid, bool exact, const std::vector<SketchSpec>& specs,
             unsigned threads, bool with_keys)
    : with_keys_(with_keys) {
    if (exact) truth_.emplace(threads);
    for (unsigned thread = 0; thread < threads; ++thread) {
        feeds_.emplace_back(grid, index_, truth_ ? &*truth_ : nullptr, specs);
    }
}

std::size_t Tally::memory_bytes() const {
    std::size_t bytes = index_.size() * (WindowIndex::kPerWindow_bytes + kListedWindow_bytes);
    if (truth_) {
        bytes += truth_->memory_bytes() +
                 (with_keys_ ? truth_->hash_order_bytes() : truth_->order_bytes());
    }
    for (const WindowFeed& feed : feeds_)
        bytes += feed.memory_bytes();
    return bytes;
}

CountedWindows Tally::windows() const {
    const std::vector<WindowTime>& starts = index_.starts();
    CountedWindows windows;
    windows.numbers.resize(starts.size());
    std::iota(windows.numbers.begin(), windows.numbers.end(), WindowNumber{0});
    std::ranges::sort(windows.numbers, {}, [&](WindowNumber number) { return starts[number]; });
    for (const WindowNumber number : windows.numbers) {
        windows.starts.push_back(starts[number]);
        std::uint64_t& records = windows.records.emplace_back(0);
        for (const WindowFeed& feed : feeds_) {
            if (number < feed.records().size()) records += feed.records()[number];
        }
    }
    return windows;
}

MergeSketches Tally::merge_sketches() const {
    return [this](std::span<const WindowNumber> windows, std::span<Sketch> into) {
        for (const WindowFeed& feed : feeds_) {
            for (const WindowNumber window : windows) {
                feed.sketches().merge_into(window, into);
            }
        }
    };
}

void Tally::clear() {
    if (truth_) truth_->clear();
    forget_windows();
}

void Tally::begin_anew(bool as_many) {
    if (truth_) truth_->begin_anew(as_many);
    forget_windows();
}

void Tally::forget_windows() {
    for (WindowFeed& feed : feeds_)
        feed.clear();
    index_.clear();
}

}  // namespace stream_analyzer
