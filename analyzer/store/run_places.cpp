#include "store/run_places.hpp"

#include <algorithm>

namespace stream_analyzer {

namespace {

// The blocks from one place to the next.
struct Stretch {
    WindowKey window;
    std::uint64_t blocks = 0;
};

std::vector<Stretch> stretches_of(std::span<const RunPlaces* const> runs,
                                  std::uint32_t first_to_split) {
    std::vector<Stretch> stretches;
    for (const RunPlaces* const run : runs) {
        const std::span<const RunPlace> places = run->all();
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (places[i].window.length < first_to_split) continue;
            // How long the last is was not noted; it is one of many.
            const std::uint64_t blocks =
                i + 1 < places.size() ? places[i + 1].block.number - places[i].block.number : 1;
            stretches.push_back({places[i].window, blocks});
        }
    }
    std::ranges::sort(stretches, {}, &Stretch::window);
    return stretches;
}

}  // namespace

void RunPlaces::add(const RunPlace& place) {
    if (seen_++ % step_ != 0) return;
    if (places_.size() == kMostPlaces) {
        for (std::size_t i = 0; i < kMostPlaces / 2; ++i)
            places_[i] = places_[2 * i];
        places_.resize(kMostPlaces / 2);
        step_ *= 2;
    }
    places_.push_back(place);
}

const BlockPlace& RunPlaces::entry(WindowKey window) const {
    const auto behind = std::ranges::upper_bound(places_, window, {}, &RunPlace::window);
    return (behind == places_.begin() ? behind : behind - 1)->block;
}

std::vector<KeyRange> split_windows(std::span<const RunPlaces* const> runs, std::size_t most,
                                    std::uint32_t first_to_split) {
    std::vector<WindowKey> bounds;
    if (most > 1 && first_to_split > 0) bounds.push_back({first_to_split, WindowTime::min()});
    const std::vector<Stretch> stretches = stretches_of(runs, first_to_split);
    std::uint64_t total = 0;
    for (const Stretch& stretch : stretches)
        total += stretch.blocks;
    std::uint64_t blocks = 0;
    for (const Stretch& stretch : stretches) {
        const bool is_new = bounds.empty() || bounds.back() < stretch.window;
        if (is_new && blocks * most >= total * (bounds.size() + 1))
            bounds.push_back(stretch.window);
        blocks += stretch.blocks;
    }

    std::vector<KeyRange> ranges(1);
    for (const WindowKey& bound : bounds) {
        ranges.back().end = bound;
        ranges.push_back({.begin = bound, .end = KeyRange().end});
    }
    return ranges;
}

}  // namespace stream_analyzer
