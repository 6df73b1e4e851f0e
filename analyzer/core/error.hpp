// The one error system: exceptions are for usage and for the environment. Bad input lines are data
// (record/reject.hpp), never exceptions.
#pragma once

#include <atomic>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stream_analyzer {

/// Process exit codes. They are stable: scripts may rely on them.
enum class ExitCode : int {
    done = 0,
    differences = 1,       ///< validation found differences
    usage = 2,             ///< the command line cannot be understood
    input_output = 3,      ///< reading or writing failed
    too_many_rejects = 4,  ///< more rejects than allowed, or no record in a non-blank input
    undecidable = 5,       ///< validation could not decide
    interrupted = 130,     ///< Ctrl-C
};

/// The command line asks for something that does not exist or does not fit together (exit 2).
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reading or writing failed (exit 3). The message names the action, the path and the reason.
struct EnvironmentError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// An EnvironmentError "cannot ACTION PATH: REASON" with the system's text for `error_number`.
[[nodiscard]] EnvironmentError system_error(std::string_view action, std::string_view path,
                                            int error_number);

/// The dump holds nothing that can be counted as asked (exit 4): `what()` explains and advises, in
/// lines; names in it are printable().
struct NothingToCountError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The reader of a pipe is gone (`... | head`): no failure, the program ends quietly. Needs SIGPIPE
/// to be ignored.
struct ClosedPipe : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The run was stopped from outside (exit 130).
struct Interrupted : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Throws Interrupted with this message when a flag that a signal handler sets (may be null) is
/// set.
inline void stop_if_interrupted(const std::atomic<bool>* interrupted, const char* message) {
    if (interrupted != nullptr && interrupted->load(std::memory_order_relaxed)) {
        throw Interrupted(message);
    }
}

}  // namespace stream_analyzer
