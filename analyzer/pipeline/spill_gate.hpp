// Where threads meet when memory is used up.
#pragma once

#include <condition_variable>
#include <mutex>

namespace stream_analyzer {

/// Threads that work side by side come by between two pieces of work. When one of them asks for it,
/// all meet, the last one to come does what is to be done while the others stand still, and then
/// all go on. A thread that has no more to do leaves, so that nobody waits for it.
class SpillGate {
  public:
    explicit SpillGate(unsigned threads) : inside_(threads) {}

    /// `asks`: this thread asks for a meeting. `work` is called by one thread, with all others
    /// waiting or gone; what it throws comes out of the pass of the thread that called it.
    template <typename Work>
    void pass(bool asks, Work work) {
        std::unique_lock lock(mutex_);
        meeting_ = meeting_ || asks;
        if (!meeting_) return;
        ++waiting_;
        if (waiting_ == inside_) {
            run(work);
            return;
        }
        const unsigned this_meeting = meetings_;
        met_.wait(lock, [&] { return meetings_ != this_meeting || waiting_ == inside_; });
        if (meetings_ == this_meeting) run(work);  // the others left
    }

    /// Called once by every thread, also when it fails.
    void leave() {
        {
            const std::lock_guard lock(mutex_);
            --inside_;
        }
        met_.notify_all();
    }

  private:
    // With the lock held.
    template <typename Work>
    void run(Work& work) {
        const auto end_meeting = [this] {
            meeting_ = false;
            waiting_ = 0;
            ++meetings_;
            met_.notify_all();
        };
        try {
            work();
        } catch (...) {
            end_meeting();
            throw;
        }
        end_meeting();
    }

    std::mutex mutex_;
    std::condition_variable met_;
    unsigned inside_;
    unsigned waiting_ = 0;
    unsigned meetings_ = 0;
    bool meeting_ = false;
};

}  // namespace stream_analyzer
