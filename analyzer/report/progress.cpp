#include "report/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "report/number_text.hpp"

namespace stream_analyzer {

namespace {

/// Before this the rate is noise and the time left a guess.
constexpr std::chrono::milliseconds kLeastTimeForRate{500};

/// A hundred years, so that a stalled input cannot overflow the conversion to whole seconds.
constexpr double kLongestTimeLeft_s = 100.0 * 365 * 86400;

/// Carriage return and "erase to the end of the line" (ECMA-48, EL).
constexpr std::string_view kEraseLine = "\r\x1b[K";

}  // namespace

Progress::Progress(Setup setup) : setup_(std::move(setup)), start_(setup_.now()) {
    next_ = Clock::duration(kPause).count();
}

Progress::~Progress() {
    finish();
}

void Progress::show(std::uint64_t done_bytes, std::optional<std::uint64_t> total_bytes) {
    if (!setup_.enabled) return;
    const Clock::time_point now = setup_.now();
    if ((now - start_).count() < next_.load(std::memory_order_relaxed)) return;
    // Who comes while another thread draws has nothing to add.
    const std::unique_lock lock(drawing_, std::try_to_lock);
    if (!lock.owns_lock() || is_finished_) return;
    next_.store((now - start_ + kPause).count(), std::memory_order_relaxed);
    setup_.draw(std::string(kEraseLine) + line(now, done_bytes, total_bytes));
    is_shown_ = true;
}

void Progress::clear() {
    const std::lock_guard lock(drawing_);
    clear_locked();
}

void Progress::finish() {
    const std::lock_guard lock(drawing_);
    clear_locked();
    is_finished_ = true;
}

void Progress::clear_locked() {
    if (is_shown_) setup_.draw(kEraseLine);
    is_shown_ = false;
}

std::string Progress::line(Clock::time_point now, std::uint64_t done_bytes,
                           std::optional<std::uint64_t> total_bytes) const {
    const auto done = static_cast<double>(done_bytes);
    const std::chrono::duration<double> elapsed = now - start_;
    const double rate = elapsed.count() > 0 ? done / elapsed.count() : 0;
    const bool has_rate = elapsed >= kLeastTimeForRate && rate > 0;

    std::string text;
    // A file that grows while it is read must not show more than everything.
    const double total = static_cast<double>(total_bytes.value_or(0));
    if (total > 0) {
        // Rounded down: 100 % is said of nothing unfinished.
        text = fmt::format("{:3.0f} %", std::floor(std::min(100.0, 100 * done / total)));
    } else {
        text = bytes_for_people(done) + " read";
    }
    if (has_rate) text += "  " + bytes_for_people(rate) + "/s";
    if (has_rate && total > 0) {
        const std::chrono::duration<double> left{
            std::clamp((total - done) / rate, 0.0, kLongestTimeLeft_s)};
        // Tenths and hundredths would only flicker.
        text += "  " + duration_for_people(std::chrono::ceil<std::chrono::seconds>(left)) + " left";
    }
    return text;
}

}  // namespace stream_analyzer
