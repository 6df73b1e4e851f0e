#include "cli/interrupt.hpp"

#include <csignal>

namespace stream_analyzer {

namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

void on_signal(int signal) {
    interrupted.store(true);
    std::signal(signal, SIG_DFL);  // the next one is not to be waited for
}

}  // namespace

const std::atomic<bool>& watch_for_interrupts() {
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    // No SA_RESTART: opening a fifo that nobody writes to comes back at once.
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    struct sigaction hang_up {};
    sigaction(SIGHUP, nullptr, &hang_up);
    if (hang_up.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);
    return interrupted;
}

}  // namespace stream_analyzer
