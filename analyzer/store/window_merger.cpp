#include "store/window_merger.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "core/error.hpp"
#include "exact/ground_truth.hpp"

namespace stream_analyzer {

namespace {

constexpr const char* kInterrupted = "interrupted while spilled counts were merged";

}  // namespace

WindowMerger::WindowMerger(const RunHead& head, std::uint64_t hash_seed,
                           const std::atomic<bool>* interrupted)
    : exact_(head.exact),
      keys_(head.keys),
      hash_seed_(hash_seed),
      interrupted_(interrupted),
      sketches_(head.sketches.begin(), head.sketches.end()),
      block_(head.sketches) {}

const WindowResult& WindowMerger::merge(RunMerge& runs, WindowCoder* copy, bool copy_row) {
    stop_if_interrupted(interrupted_, kInterrupted);
    result_.length = runs.key().length;
    result_.start = runs.key().start;
    has_row_ = runs.has_row();
    if (copy != nullptr) copy->begin(runs.key());
    for (Sketch& sketch : sketches_)
        sketch.clear();
    if (has_row_ && copy == nullptr) {
        // All there is to know is known.
    } else if (keys_) {
        unite_keys(runs, copy);
    } else if (exact_) {
        unite_ids(runs, copy);
    } else {
        unite_states(runs, copy);
    }
    const WindowTotals totals = runs.finish_window();
    set_result(runs, totals);
    if (copy != nullptr) {
        copy->end(totals, copy_row ? std::span<const SketchEstimate>(result_.estimates)
                                   : std::span<const SketchEstimate>());
    }
    return result_;
}

void WindowMerger::unite_ids(RunMerge& runs, WindowCoder* copy) {
    block_.clear();
    while (runs.next_id()) {
        stop_if_interrupted(interrupted_, kInterrupted);
        if (copy != nullptr) copy->add_id(runs.id());
        if (has_row_ || sketches_.empty()) continue;
        block_.add(hash_id(runs.id(), hash_seed_), runs.id());
        if (block_.size() == IdBlock::kMost) flush();
    }
    flush();
}

void WindowMerger::unite_keys(RunMerge& runs, WindowCoder* copy) {
    for (auto ids = runs.next_keys(); !ids.empty(); ids = runs.next_keys()) {
        stop_if_interrupted(interrupted_, kInterrupted);
        if (copy != nullptr) copy_keys(ids, *copy);
        if (has_row_ || sketches_.empty()) continue;
        hashes_.resize(ids.size());
        for (std::size_t i = 0; i < ids.size(); ++i)
            hashes_[i] = keys_->hash_of(ids[i].key);
        for (Sketch& sketch : sketches_)
            sketch.add_all(hashes_);
    }
}

void WindowMerger::copy_keys(std::span<KeyedId> ids, WindowCoder& copy) {
    std::ranges::sort(ids, {}, [](const KeyedId& id) { return std::tuple(id.key, id.twin); });
    for (const KeyedId& id : ids)
        copy.add_key(id);
}

void WindowMerger::unite_states(RunMerge& runs, WindowCoder* copy) {
    runs.merge_states(sketches_);
    if (copy == nullptr) return;
    for (const Sketch& sketch : sketches_) {
        const auto state = sketch.state();
        copy->add_states({reinterpret_cast<const char*>(state.data()), state.size()});
    }
}

void WindowMerger::flush() {
    block_.feed(sketches_);
    block_.clear();
}

void WindowMerger::set_result(const RunMerge& runs, const WindowTotals& totals) {
    result_.records = totals.records;
    if (exact_) {
        const ExactCount exact{.distinct = totals.distinct, .id_bytes = totals.id_bytes};
        result_.exact = exact.distinct;
        result_.exact_bytes = exact.set_bytes();
    }
    result_.estimates.clear();
    if (has_row_) {
        result_.estimates = runs.row();
        return;
    }
    for (const Sketch& sketch : sketches_)
        result_.estimates.push_back(sketch.estimate());
}

}  // namespace stream_analyzer
