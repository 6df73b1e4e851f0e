#include "store/run_merge.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace stream_analyzer {

namespace {

std::uint64_t prefix_of(std::string_view id) {
    std::uint64_t prefix = 0;
    std::memcpy(&prefix, id.data(), std::min(id.size(), sizeof prefix));
    if constexpr (std::endian::native == std::endian::little) prefix = __builtin_bswap64(prefix);
    return prefix;
}

}  // namespace

RunMerge::RunMerge(std::vector<std::unique_ptr<RunReader>> runs) : runs_(std::move(runs)) {
    for (const auto& run : runs_) {
        if (run->next_window()) open_.push_back(run.get());
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
    key_ = smallest->key();
    std::ranges::copy_if(open_, std::back_inserter(members_),
                         [this](const RunReader* run) { return run->key() == key_; });
    has_started_ids_ = false;
    heap_.clear();
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
    if (!has_started_ids_) start_ids();
    if (heap_.empty()) return false;
    united_id_.assign(heap_.front().run->id());
    id_ = united_id_;
    do {
        advance();
    } while (!heap_.empty() && heap_.front().run->id() == id_);
    ++distinct_;
    id_bytes_ += id_.size();
    return true;
}

void RunMerge::start_ids() {
    has_started_ids_ = true;
    for (RunReader* const run : members_) {
        if (run->next_id()) heap_.push_back({prefix_of(run->id()), run});
    }
    for (std::size_t at = heap_.size() / 2; at-- > 0;)
        sift_down(at);
}

void RunMerge::advance() {
    Candidate& first = heap_.front();
    if (first.run->next_id()) {
        first.prefix = prefix_of(first.run->id());
    } else {
        first = heap_.back();
        heap_.pop_back();
    }
    if (!heap_.empty()) sift_down(0);
}

bool RunMerge::is_before(const Candidate& a, const Candidate& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    return a.run->id() < b.run->id();
}

void RunMerge::sift_down(std::size_t at) {
    const Candidate moving = heap_[at];
    for (std::size_t child = 2 * at + 1; child < heap_.size(); child = 2 * at + 1) {
        if (child + 1 < heap_.size() && is_before(heap_[child + 1], heap_[child])) ++child;
        if (!is_before(heap_[child], moving)) break;
        heap_[at] = heap_[child];
        at = child;
    }
    heap_[at] = moving;
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
