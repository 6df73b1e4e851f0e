// How far the work is, on a line of a terminal.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace stream_analyzer {

/// A line that is drawn over itself: " 42 %  1.3 GB/s  12 s left". Thread-safe; show() costs two
/// readings when nothing is due.
class Progress {
  public:
    using Clock = std::chrono::steady_clock;

    struct Setup {
        /// The caller decides: standard error is a terminal, and --quiet was not given.
        bool enabled = false;
        /// Writes to the terminal. Called by one thread at a time.
        std::function<void(std::string_view)> draw;
        std::function<Clock::time_point()> now = Clock::now;
    };

    explicit Progress(Setup setup);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    Progress(Progress&&) = delete;
    Progress& operator=(Progress&&) = delete;
    ~Progress();

    /// So many bytes of input are done. Without a total (a pipe) there is no percentage.
    void show(std::uint64_t done_bytes, std::optional<std::uint64_t> total_bytes);

    /// Takes the line away, so that a message can be written; the next show() may draw it again.
    void clear();

    /// Takes the line away for good. Idempotent; the destructor does it, too.
    void finish();

    /// Least time between two drawings: ten a second look fluent and cost nothing.
    static constexpr std::chrono::milliseconds kPause{100};

  private:
    [[nodiscard]] std::string line(Clock::time_point now, std::uint64_t done_bytes,
                                   std::optional<std::uint64_t> total_bytes) const;
    void clear_locked();

    Setup setup_;
    Clock::time_point start_;
    /// Of the next drawing, in ticks of the clock since start_.
    std::atomic<Clock::rep> next_{0};
    std::mutex drawing_;
    bool is_shown_ = false;
    bool is_finished_ = false;
};

}  // namespace stream_analyzer
