#include "pipeline/write_tally.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "pipeline/ordered_blocks.hpp"
#include "pipeline/parallel.hpp"
#include "pipeline/tally_coder.hpp"
#include "pipeline/window_jobs.hpp"

namespace stream_analyzer {

namespace {

// Groups that threads may be ahead of the one that is written: enough that a large window holds
// nobody up, few enough that their blocks need little memory.
constexpr std::size_t kGroupsAhead = 16;

// Ids that a thread encodes at once: as many as a block holds of usual ones.
constexpr std::size_t kIdsAtOnce = 4096;

void stop_if_set(const std::atomic<bool>* interrupted) {
    stop_if_interrupted(interrupted, "interrupted while counts were written to disk");
}

// Jobs [first, last) between two boundaries of blocks.
struct Group {
    std::size_t first = 0;
    std::size_t last = 0;
};

std::vector<Group> groups_of(std::span<const WindowJob> jobs, const CountedWindows& windows,
                             const Tally& tally, const std::vector<SketchSpec>& sketches) {
    std::size_t state_bytes = 0;
    for (const SketchSpec& sketch : sketches)
        state_bytes += sketch.memory_bytes();
    std::vector<Group> groups;
    WindowCoder::Boundaries boundaries;
    std::size_t first = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        std::uint64_t weight = state_bytes / kStateBytesPerWeight;
        if (tally.truth() != nullptr) {
            // Of a roll-up at least as much as its ids; its groups need no exact boundaries, as
            // they are never saved.
            weight = 0;
            for (std::size_t window = jobs[i].first; window < jobs[i].last; ++window)
                weight += tally.truth()->size_of(windows.numbers[window]);
        }
        if (!boundaries.ends_block(weight) && i + 1 < jobs.size()) continue;
        groups.push_back({first, i + 1});
        first = i + 1;
    }
    return groups;
}

std::vector<ShardRanks> parts_of(const HashOrder& order, const GroundTruth& truth) {
    std::vector<ShardRanks> parts;
    for (std::uint32_t shard = 0; shard < truth.shards(); ++shard) {
        const std::size_t end = order.begin_of(shard + std::size_t{1});
        for (std::size_t first = order.begin_of(shard); first < end; first += kIdsAtOnce)
            parts.push_back({shard, first, std::min(first + kIdsAtOnce, end)});
    }
    return parts;
}

void make_order(const GroundTruth& truth, const TallyWriting& writing, TallyOrder& order) {
    const OnThreads on_threads = [&](const auto& work) {
        run_on_threads(writing.threads, [&](unsigned thread, const std::atomic<bool>& /*failed*/) {
            stop_if_set(writing.interrupted);
            work(thread);
        });
    };
    if (writing.with_keys) {
        order.keys.emplace(truth, writing.threads, on_threads);
    } else {
        order.texts.emplace(truth, writing.threads, on_threads);
    }
}

}  // namespace

std::uint64_t write_tally(const Tally& tally, const TallyWriting& writing, RunWriter& run) {
    const CountedWindows windows = tally.windows();
    TallyOrder order;
    if (tally.truth() != nullptr) make_order(*tally.truth(), writing, order);
    const std::vector<WindowJob> jobs = window_jobs(windows, writing.grids);
    const std::vector<Group> groups = groups_of(jobs, windows, tally, writing.sketches);
    // Ids stand ahead of the windows that have their keys.
    const std::vector<ShardRanks> ids =
        order.keys ? parts_of(*order.keys, *tally.truth()) : std::vector<ShardRanks>();

    OrderedBlocks blocks(run, kGroupsAhead);
    std::atomic<std::size_t> next_turn{0};
    run_on_threads(writing.threads, [&](unsigned /*thread*/, const std::atomic<bool>& failed) {
        try {
            std::size_t turn = 0;
            TallyCoder coder(
                tally, order, windows, writing,
                [&](const CodedBlock& block) { blocks.take(turn, block); }, run.packing());
            for (turn = next_turn++; turn < ids.size() + groups.size(); turn = next_turn++) {
                if (!blocks.begin(turn, failed)) return;
                if (turn < ids.size()) {
                    coder.encode_ids_of(ids[turn]);
                } else {
                    const Group& group = groups[turn - ids.size()];
                    coder.encode_group(
                        std::span(jobs).subspan(group.first, group.last - group.first));
                }
                blocks.finish(turn);
            }
        } catch (...) {
            blocks.give_up();
            throw;
        }
    });
    if (writing.spilled != nullptr) writing.spilled->add(jobs);
    return windows.starts.size();
}

}  // namespace stream_analyzer
