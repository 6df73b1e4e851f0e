#include "pipeline/ordered_blocks.hpp"

namespace stream_analyzer {

bool OrderedBlocks::begin(std::size_t group, const std::atomic<bool>& failed) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return group < next_ + most_waiting_ || given_up_ || failed; });
    return !given_up_ && !failed;
}

void OrderedBlocks::take(std::size_t group, const CodedBlock& block) {
    const std::lock_guard lock(mutex_);
    if (group == next_) {
        run_.append(block);
    } else {
        waiting_[group].blocks.push_back(block);
    }
}

void OrderedBlocks::finish(std::size_t group) {
    {
        const std::lock_guard lock(mutex_);
        waiting_[group].is_finished = true;
        write_ready();
    }
    changed_.notify_all();
}

void OrderedBlocks::write_ready() {
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
        Waiting& first = waiting_.begin()->second;
        for (const CodedBlock& block : first.blocks)
            run_.append(block);
        first.blocks.clear();
        if (!first.is_finished) return;  // its next blocks come by themselves
        waiting_.erase(waiting_.begin());
        ++next_;
    }
}

void OrderedBlocks::give_up() {
    {
        const std::lock_guard lock(mutex_);
        given_up_ = true;
    }
    changed_.notify_all();
}

}  // namespace stream_analyzer
