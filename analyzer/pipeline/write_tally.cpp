#include "pipeline/write_tally.hpp"

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "exact/id_order.hpp"
#include "pipeline/ordered_blocks.hpp"
#include "pipeline/parallel.hpp"
#include "pipeline/window_jobs.hpp"
#include "pipeline/window_ranks.hpp"
#include "sketch/id_block.hpp"

namespace stream_analyzer {

namespace {

// Groups that threads may be ahead of the one that is written: enough that a large window holds
// nobody up, few enough that their blocks need little memory.
constexpr std::size_t kGroupsAhead = 16;

// Ids between the steps of asking for one.
constexpr std::size_t kIdsAhead = 16;

void stop_if_set(const std::atomic<bool>* interrupted) {
    stop_if_interrupted(interrupted, "interrupted while counts were written to disk");
}

// One thread's work: windows into blocks.
class TallyCoder {
  public:
    TallyCoder(const Tally& tally, const IdOrder* order, const CountedWindows& windows,
               const TallyWriting& writing, WindowCoder::TakeBlock take, Packing packing)
        : order_(order),
          windows_(windows),
          writing_(writing),
          merge_sketches_(tally.merge_sketches()),
          block_(writing.sketches),
          coder_(std::move(take), packing) {
        if (order != nullptr) ranks_.emplace(*tally.truth(), order->ranks(), windows);
        if (writing.with_rows || order == nullptr) {
            sketches_ = std::vector<Sketch>(writing.sketches.begin(), writing.sketches.end());
        }
    }

    /// Windows between two boundaries of blocks.
    void encode_group(std::span<const WindowJob> jobs) {
        if (ranks_) ranks_->collect(jobs);
        for (std::size_t job = 0; job < jobs.size(); ++job)
            encode(jobs[job], job);
        coder_.flush();
    }

  private:
    // The window of the group with this index.
    void encode(const WindowJob& job, std::size_t index) {
        stop_if_set(writing_.interrupted);
        const bool lacks_row = lacks_row_of(job);
        const bool has_row = writing_.with_rows && !lacks_row;
        coder_.begin({static_cast<std::uint32_t>(job.length), job.start}, lacks_row);
        WindowTotals totals;
        for (std::size_t window = job.first; window < job.last; ++window)
            totals.records += windows_.records[window];
        for (Sketch& sketch : sketches_)
            sketch.clear();
        if (ranks_) {
            encode_ids(index, has_row, totals);
        } else {
            encode_states({windows_.numbers.data() + job.first, job.last - job.first});
        }
        row_.clear();
        if (has_row) {
            for (const Sketch& sketch : sketches_)
                row_.push_back(sketch.estimate());
        }
        coder_.end(totals, row_);
    }

    // A row of no estimates costs nothing.
    [[nodiscard]] bool lacks_row_of(const WindowJob& job) const {
        return writing_.with_rows && !sketches_.empty() && writing_.spilled != nullptr &&
               writing_.spilled->may_have(job);
    }

    void encode_ids(std::size_t index, bool to_sketches, WindowTotals& totals) {
        const std::span<const IdRank> ranks = ranks_->of(index);
        const std::span<const IdRank> ahead = ranks_->from(index);
        for (std::size_t first = 0; first < ranks.size(); first += IdBlock::kMost) {
            stop_if_set(writing_.interrupted);  // a window may take seconds
            const std::size_t last = std::min(first + IdBlock::kMost, ranks.size());
            block_.clear();
            for (std::size_t i = first; i < last; ++i) {
                prefetch(ahead, i);
                const PackedId& id = order_->packed(ranks[i]);
                coder_.add_id(id);
                totals.id_bytes += id.size();
                if (to_sketches) block_.add(order_->hash(ranks[i]), id.text());
            }
            if (to_sketches) block_.feed(sketches_);
        }
        totals.distinct = ranks.size();
    }

    // Inlined by force: g++ 12 takes a function of nothing but prefetches for one without effect
    // and drops calls to it.
    [[gnu::always_inline]] void prefetch(std::span<const IdRank> ahead, std::size_t i) const {
        if (!order_->has_long_texts()) {
            if (i + kIdsAhead < ahead.size()) order_->prefetch_id(ahead[i + kIdsAhead]);
            return;
        }
        if (i + 2 * kIdsAhead < ahead.size()) order_->prefetch_id(ahead[i + 2 * kIdsAhead]);
        if (i + kIdsAhead < ahead.size()) order_->prefetch_long_text(ahead[i + kIdsAhead]);
    }

    void encode_states(std::span<const WindowNumber> numbers) {
        merge_sketches_(numbers, sketches_);
        for (const Sketch& sketch : sketches_) {
            const auto state = sketch.state();
            coder_.add_states({reinterpret_cast<const char*>(state.data()), state.size()});
        }
    }

    const IdOrder* order_;
    const CountedWindows& windows_;
    const TallyWriting& writing_;
    std::optional<WindowRanks> ranks_;  // with ids
    MergeSketches merge_sketches_;
    std::vector<Sketch> sketches_;
    IdBlock block_;
    EstimateRow row_;
    WindowCoder coder_;
};

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

}  // namespace

std::uint64_t write_tally(const Tally& tally, const TallyWriting& writing, RunWriter& run) {
    const CountedWindows windows = tally.windows();
    std::optional<IdOrder> order;
    if (tally.truth() != nullptr) {
        order.emplace(*tally.truth(), writing.threads, [&](const auto& work) {
            run_on_threads(writing.threads,
                           [&](unsigned thread, const std::atomic<bool>& /*failed*/) {
                               stop_if_set(writing.interrupted);
                               work(thread);
                           });
        });
    }
    const std::vector<WindowJob> jobs = window_jobs(windows, writing.grids);
    const std::vector<Group> groups = groups_of(jobs, windows, tally, writing.sketches);

    OrderedBlocks blocks(run, kGroupsAhead);
    std::atomic<std::size_t> next_group{0};
    run_on_threads(writing.threads, [&](unsigned /*thread*/, const std::atomic<bool>& failed) {
        try {
            std::size_t group = 0;
            TallyCoder coder(
                tally, order ? &*order : nullptr, windows, writing,
                [&](const CodedBlock& block) { blocks.take(group, block); }, run.packing());
            for (group = next_group++; group < groups.size(); group = next_group++) {
                if (!blocks.begin(group, failed)) return;
                coder.encode_group(std::span(jobs).subspan(
                    groups[group].first, groups[group].last - groups[group].first));
                blocks.finish(group);
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
