#include "pipeline/tally_coder.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace stream_analyzer {

namespace {

// Ids between the steps of asking for one.
constexpr std::size_t kIdsAhead = 16;

void stop_if_set(const std::atomic<bool>* interrupted) {
    stop_if_interrupted(interrupted, "interrupted while counts were written to disk");
}

}  // namespace

TallyCoder::TallyCoder(const Tally& tally, const TallyOrder& order, const CountedWindows& windows,
                       const TallyWriting& writing, const WindowCoder::TakeBlock& take,
                       Packing packing)
    : order_(order),
      windows_(windows),
      writing_(writing),
      merge_sketches_(tally.merge_sketches()),
      block_(writing.sketches),
      keys_(order.keys ? std::make_unique<KeyBlock>() : nullptr),
      coder_(take, packing),
      ids_coder_(take) {
    if (tally.truth() != nullptr) {
        ranks_.emplace(*tally.truth(), order.keys ? order.keys->ranks() : order.texts->ranks(),
                       windows);
    }
    if (writing.with_rows || tally.truth() == nullptr) {
        sketches_ = std::vector<Sketch>(writing.sketches.begin(), writing.sketches.end());
    }
}

void TallyCoder::encode_group(std::span<const WindowJob> jobs) {
    if (ranks_) ranks_->collect(jobs);
    for (std::size_t job = 0; job < jobs.size(); ++job)
        encode(jobs[job], job);
    coder_.flush();
}

void TallyCoder::encode(const WindowJob& job, std::size_t index) {
    stop_if_set(writing_.interrupted);
    const bool lacks_row = lacks_row_of(job);
    const bool has_row = writing_.with_rows && !lacks_row;
    coder_.begin({static_cast<std::uint32_t>(job.length), job.start}, lacks_row);
    WindowTotals totals;
    for (std::size_t window = job.first; window < job.last; ++window)
        totals.records += windows_.records[window];
    for (Sketch& sketch : sketches_)
        sketch.clear();
    if (order_.keys) {
        encode_keys(index, has_row, totals);
    } else if (ranks_) {
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
bool TallyCoder::lacks_row_of(const WindowJob& job) const {
    return writing_.with_rows && !sketches_.empty() && writing_.spilled != nullptr &&
           writing_.spilled->may_have(job);
}

// Inlined by force: g++ 12 takes a function of nothing but prefetches for one without effect and
// drops calls to it.
[[gnu::always_inline]] inline void TallyCoder::prefetch(std::span<const IdRank> ahead,
                                                        std::size_t i) const {
    const IdOrder& order = *order_.texts;
    if (!order.has_long_texts()) {
        if (i + kIdsAhead < ahead.size()) order.prefetch_id(ahead[i + kIdsAhead]);
        return;
    }
    if (i + 2 * kIdsAhead < ahead.size()) order.prefetch_id(ahead[i + 2 * kIdsAhead]);
    if (i + kIdsAhead < ahead.size()) order.prefetch_long_text(ahead[i + kIdsAhead]);
}

void TallyCoder::encode_ids(std::size_t index, bool to_sketches, WindowTotals& totals) {
    const std::span<const IdRank> ranks = ranks_->of(index);
    const std::span<const IdRank> ahead = ranks_->from(index);
    const IdOrder& order = *order_.texts;
    for (std::size_t first = 0; first < ranks.size(); first += IdBlock::kMost) {
        stop_if_set(writing_.interrupted);  // a window may take seconds
        const std::size_t last = std::min(first + IdBlock::kMost, ranks.size());
        block_.clear();
        for (std::size_t i = first; i < last; ++i) {
            prefetch(ahead, i);
            const PackedId& id = order.packed(ranks[i]);
            coder_.add_id(id);
            totals.id_bytes += id.size();
            if (to_sketches) block_.add(order.hash(ranks[i]), id.text());
        }
        if (to_sketches) block_.feed(sketches_);
    }
    totals.distinct = ranks.size();
}

void TallyCoder::encode_keys(std::size_t index, bool to_sketches, WindowTotals& totals) {
    const std::span<const IdRank> ranks = ranks_->of(index);
    const std::span<const IdRank> ahead = ranks_->from(index);
    const HashOrder& order = *order_.keys;
    for (std::size_t first = 0; first < ranks.size(); first += IdBlock::kMost) {
        stop_if_set(writing_.interrupted);
        const std::size_t last = std::min(first + IdBlock::kMost, ranks.size());
        KeyBlock& block = *keys_;
        block.size = 0;
        bool has_odd = false;
        for (std::size_t i = first; i < last; ++i) {
            if (i + kIdsAhead < ahead.size()) order.prefetch(ahead[i + kIdsAhead]);
            block.keys[block.size] = order.key(ranks[i]);
            block.marks[block.size] = order.mark(ranks[i]);
            has_odd |= block.marks[block.size] == kOddMark;
            ++block.size;
        }
        if (has_odd) {
            add_odd_keys(ranks.subspan(first, last - first), totals);
        } else {
            coder_.add_keys(std::span(block.keys).first(block.size),
                            std::span(block.marks).first(block.size));
            for (std::size_t i = 0; i < block.size; ++i)
                totals.id_bytes += block.marks[i];
        }
        if (!to_sketches) continue;
        for (std::size_t i = 0; i < block.size; ++i)
            block.keys[i] = order.key_bits().hash_of(block.keys[i]);
        for (Sketch& sketch : sketches_)
            sketch.add_all(std::span(block.keys).first(block.size));
    }
    totals.distinct = ranks.size();
}

void TallyCoder::add_odd_keys(std::span<const IdRank> ranks, WindowTotals& totals) {
    for (const IdRank rank : ranks) {
        const KeyedId id = order_.keys->id(rank);
        coder_.add_key(id);
        totals.id_bytes += id.length;
    }
}

void TallyCoder::encode_ids_of(const ShardRanks& ranks) {
    stop_if_set(writing_.interrupted);
    const HashOrder& order = *order_.keys;
    if (ranks.first == order.begin_of(ranks.shard)) ids_coder_.begin_shard(ranks.shard);
    for (std::size_t rank = ranks.first; rank < ranks.last; ++rank) {
        const auto id = static_cast<IdRank>(rank);
        ids_coder_.add(order.key(id), order.text(ranks.shard, id));
    }
    ids_coder_.flush();
}

void TallyCoder::encode_states(std::span<const WindowNumber> numbers) {
    merge_sketches_(numbers, sketches_);
    for (const Sketch& sketch : sketches_) {
        const auto state = sketch.state();
        coder_.add_states({reinterpret_cast<const char*>(state.data()), state.size()});
    }
}

}  // namespace stream_analyzer
