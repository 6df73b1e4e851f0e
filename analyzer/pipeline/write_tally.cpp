#include "pipeline/write_tally.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "core/error.hpp"
#include "exact/id_order.hpp"
#include "pipeline/ordered_blocks.hpp"
#include "pipeline/parallel.hpp"
#include "pipeline/window_jobs.hpp"

namespace stream_analyzer {

namespace {

// Groups that threads may be ahead of the one that is written: enough that a large window holds
// nobody up, few enough that their blocks need little memory.
constexpr std::size_t kGroupsAhead = 16;

// Hashes handed to the sketches at once, and ids asked for ahead.
constexpr std::size_t kHashBlock = 1024;
constexpr std::size_t kIdsAhead = 16;

void stop_if_set(const std::atomic<bool>* interrupted) {
    if (interrupted != nullptr && interrupted->load()) {
        throw Interrupted("interrupted while counts were written to disk");
    }
}

// Ranks of ids, united and in order.
class RankSet {
  public:
    explicit RankSet(std::size_t universe) : bits_((universe + 63) / 64) {}

    void insert(IdRank rank) {
        if (is_sparse_) {
            ranks_.push_back(rank);
            // A pass over the bitmap costs about as much as sorting this many.
            if (ranks_.size() * 64 >= bits_.size()) become_dense();
        } else {
            set(rank);
        }
    }

    /// Calls visit(ranks) with ascending blocks of them, and forgets them.
    template <typename Visit>
    void take(Visit visit) {
        if (is_sparse_) {
            std::ranges::sort(ranks_);
            const auto repeated = std::ranges::unique(ranks_);
            ranks_.erase(repeated.begin(), repeated.end());
            visit(std::span<const IdRank>(ranks_));
            ranks_.clear();
            return;
        }
        for (std::size_t word = 0; word < bits_.size(); ++word) {
            for (std::uint64_t bits = bits_[word]; bits != 0; bits &= bits - 1) {
                ranks_.push_back(static_cast<IdRank>(
                    word * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
            }
            bits_[word] = 0;
            if (ranks_.size() < kHashBlock && word + 1 < bits_.size()) continue;
            visit(std::span<const IdRank>(ranks_));
            ranks_.clear();
        }
        is_sparse_ = true;
    }

  private:
    void set(IdRank rank) { bits_[rank / 64] |= std::uint64_t{1} << (rank % 64); }
    void become_dense() {
        for (const IdRank rank : ranks_)
            set(rank);
        ranks_.clear();
        is_sparse_ = false;
    }

    std::vector<std::uint64_t> bits_;
    std::vector<IdRank> ranks_;
    bool is_sparse_ = true;
};

// One thread's work: windows into blocks.
class TallyCoder {
  public:
    TallyCoder(const Tally& tally, const IdOrder* order, const CountedWindows& windows,
               const TallyWriting& writing, WindowCoder::TakeBlock take)
        : tally_(tally),
          order_(order),
          windows_(windows),
          writing_(writing),
          ranks_(order != nullptr ? order->size() : 0),
          merge_sketches_(tally.merge_sketches()),
          coder_(std::move(take)) {
        if (writing.with_rows || order == nullptr) {
            sketches_ = std::vector<Sketch>(writing.sketches.begin(), writing.sketches.end());
        }
    }

    void encode(const WindowJob& job) {
        stop_if_set(writing_.interrupted);
        coder_.begin({static_cast<std::uint32_t>(job.length), job.start});
        WindowTotals totals;
        for (std::size_t window = job.first; window < job.last; ++window)
            totals.records += windows_.records[window];
        for (Sketch& sketch : sketches_)
            sketch.clear();
        const std::span numbers(windows_.numbers.data() + job.first, job.last - job.first);
        if (order_ != nullptr) {
            encode_ids(numbers, totals);
        } else {
            encode_states(numbers);
        }
        row_.clear();
        if (writing_.with_rows) {
            for (const Sketch& sketch : sketches_)
                row_.push_back(sketch.estimate());
        }
        coder_.end(totals, row_);
    }

    void flush() { coder_.flush(); }

  private:
    void encode_ids(std::span<const WindowNumber> numbers, WindowTotals& totals) {
        const GroundTruth& truth = *tally_.truth();
        for (std::size_t shard = 0; shard < truth.shards(); ++shard) {
            for (const WindowNumber number : numbers) {
                truth.for_each(shard, number,
                               [&](DenseId id) { ranks_.insert(order_->rank_of(shard, id)); });
            }
        }
        ranks_.take([&](std::span<const IdRank> ranks) {
            stop_if_set(writing_.interrupted);
            hashes_.clear();
            for (std::size_t i = 0; i < ranks.size(); ++i) {
                if (i + 2 * kIdsAhead < ranks.size()) {
                    order_->prefetch_number(ranks[i + 2 * kIdsAhead]);
                }
                if (i + kIdsAhead < ranks.size()) order_->prefetch_id(ranks[i + kIdsAhead]);
                const std::string_view id = order_->id(ranks[i]);
                coder_.add_id(id);
                totals.id_bytes += id.size();
                if (!sketches_.empty()) hashes_.push_back(order_->hash(ranks[i]));
            }
            totals.distinct += ranks.size();
            for (Sketch& sketch : sketches_)
                sketch.add_all(hashes_);
        });
    }

    void encode_states(std::span<const WindowNumber> numbers) {
        merge_sketches_(numbers, sketches_);
        for (const Sketch& sketch : sketches_) {
            const auto state = sketch.state();
            coder_.add_states({reinterpret_cast<const char*>(state.data()), state.size()});
        }
    }

    const Tally& tally_;
    const IdOrder* order_;
    const CountedWindows& windows_;
    const TallyWriting& writing_;
    RankSet ranks_;
    MergeSketches merge_sketches_;
    std::vector<Sketch> sketches_;
    std::vector<Hash64> hashes_;
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
        order.emplace(*tally.truth(), writing.threads);
        run_on_threads(writing.threads, [&](unsigned thread, const std::atomic<bool>& /*failed*/) {
            order->sort_part(thread);
        });
        order->rank_all();
    }
    const std::vector<WindowJob> jobs = window_jobs(windows, writing.grids);
    const std::vector<Group> groups = groups_of(jobs, windows, tally, writing.sketches);

    OrderedBlocks blocks(run, kGroupsAhead);
    std::atomic<std::size_t> next_group{0};
    run_on_threads(writing.threads, [&](unsigned /*thread*/, const std::atomic<bool>& failed) {
        try {
            std::size_t group = 0;
            TallyCoder coder(tally, order ? &*order : nullptr, windows, writing,
                             [&](const CodedBlock& block) { blocks.take(group, block); });
            for (group = next_group++; group < groups.size(); group = next_group++) {
                if (!blocks.begin(group, failed)) return;
                for (std::size_t job = groups[group].first; job < groups[group].last; ++job)
                    coder.encode(jobs[job]);
                coder.flush();
                blocks.finish(group);
            }
        } catch (...) {
            blocks.give_up();
            throw;
        }
    });
    return windows.starts.size();
}

}  // namespace stream_analyzer
