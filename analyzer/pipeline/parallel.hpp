// Running the same work on several threads.
#pragma once

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace stream_analyzer {

/// Runs work(i, failed) for i in [0, threads), each on a thread of its own (the last on the
/// caller's), and returns when all are done. The first exception thrown by any of them is thrown
/// again here; from then on `failed` is true, and the others should come to an end.
template <typename Work>
void run_on_threads(unsigned threads, Work work) {
    std::mutex mutex;
    std::exception_ptr failure;
    std::atomic<bool> failed{false};
    const auto guarded = [&](unsigned index) {
        try {
            work(index, std::as_const(failed));
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
            failed = true;
        }
    };
    {
        std::vector<std::jthread> running;
        running.reserve(threads - 1);
        for (unsigned index = 0; index + 1 < threads; ++index) {
            running.emplace_back(guarded, index);
        }
        guarded(threads - 1);
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace stream_analyzer
