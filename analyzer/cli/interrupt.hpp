// Ctrl-C.
#pragma once

#include <atomic>

namespace stream_analyzer {

/// From now on the first SIGINT, SIGTERM or SIGHUP (a closed terminal) only sets the flag, so that
/// the run can end in order; the second ends the process. Under nohup SIGHUP stays ignored. Returns
/// the flag, which lives as long as the process.
[[nodiscard]] const std::atomic<bool>& watch_for_interrupts();

}  // namespace stream_analyzer
