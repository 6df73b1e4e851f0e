// Running the same work on several threads.
#pragma once

#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace stream_analyzer {

/// The error of run_on_threads when `threads` cannot be started.
[[nodiscard]] inline EnvironmentError no_threads(unsigned threads, const std::system_error& error) {
    return system_error("start", std::to_string(threads) + " threads", error.code().value());
}

/// Runs work(i, failed) for i in [0, threads), each on a thread of its own (the last on the
/// caller's), and returns when all are done. The first exception thrown by any of them is thrown
/// again here; from then on `failed` is true, and the others should come to an end. So it is when
/// the system gives no more threads: EnvironmentError.
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
        try {
            for (unsigned index = 0; index + 1 < threads; ++index) {
                running.emplace_back(guarded, index);
            }
            guarded(threads - 1);
        } catch (const std::system_error& error) {
            const std::lock_guard lock(mutex);
            if (!failure) failure = std::make_exception_ptr(no_threads(threads, error));
            failed = true;
        }
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace stream_analyzer
