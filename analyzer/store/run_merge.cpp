#include "store/run_merge.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace stream_analyzer {

const IdTwins RunMerge::kNoTwins;

RunMerge::RunMerge(std::vector<std::unique_ptr<RunReader>> runs, const KeyRange& range,
                   const IdTwins& twins)
    : runs_(std::move(runs)), twins_(&twins), end_(range.end) {
    for (const auto& run : runs_) {
        bool has_window = run->next_window();
        while (has_window && run->key() < range.begin)
            has_window = run->next_window();
        if (has_window) open_.push_back(run.get());
    }
}

bool RunMerge::next_window() {
    // The runs of the window before stand at its end: they go on.
    for (RunReader* const run : members_) {
        if (!run->next_window()) std::erase(open_, run);
    }
    members_.clear();
    if (open_.empty()) return false;
    // A few dozen runs at most: looking at all of them is as good as a heap.
    const auto* const smallest =
        *std::ranges::min_element(open_, {}, [](const RunReader* run) { return run->key(); });
    if (smallest->key() >= end_) return false;
    key_ = smallest->key();
    std::ranges::copy_if(open_, std::back_inserter(members_),
                         [this](const RunReader* run) { return run->key() == key_; });
    has_started_ids_ = false;
    distinct_ = 0;
    id_bytes_ = 0;
    return true;
}

bool RunMerge::next_id() {
    if (in_one_run()) {
        if (!members_.front()->next_id()) return false;
        id_ = members_.front()->id();
        return true;
    }
    if (!has_started_ids_) {
        ids_.begin(members_);
        has_started_ids_ = true;
    } else if (!ids_.empty()) {
        ids_.pass_first();
    }
    if (ids_.empty()) return false;
    id_ = ids_.first();
    ++distinct_;
    id_bytes_ += id_.size();
    return true;
}

std::span<KeyedId> RunMerge::next_keys() {
    if (!has_started_ids_) {
        numbers_.clear();
        for (std::uint32_t run = 0; numbers_.size() < members_.size(); ++run) {
            // Members are in the order of runs.
            if (runs_[run].get() == members_[numbers_.size()]) numbers_.push_back(run);
        }
        keys_.begin(members_, numbers_, *twins_);
        has_started_ids_ = true;
    }
    const std::span<KeyedId> ids = keys_.next();
    distinct_ += ids.size();
    for (const KeyedId& id : ids)
        id_bytes_ += id.length;
    return ids;
}

void RunMerge::merge_states(std::span<Sketch> into) {
    for (RunReader* const run : members_) {
        run->read_states(states_);
        std::string_view rest = states_;
        for (Sketch& sketch : into) {
            const std::string_view state = rest.substr(0, sketch.memory_bytes());
            rest.remove_prefix(state.size());
            try {
                sketch.merge_state(
                    {reinterpret_cast<const std::uint8_t*>(state.data()), state.size()});
            } catch (const std::invalid_argument& error) {
                fail_as_damaged(run->name(), error.what());
            }
        }
    }
}

WindowTotals RunMerge::finish_window() {
    if (in_one_run()) return members_.front()->finish_window();
    WindowTotals totals{.records = 0, .distinct = distinct_, .id_bytes = id_bytes_};
    for (RunReader* const run : members_) {
        totals.records += run->finish_window().records;
    }
    return totals;
}

}  // namespace stream_analyzer
