// stream-analyzer: the one place where errors become exit codes.
#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.hpp"
#include "cli/message.hpp"
#include "core/error.hpp"

namespace {

using namespace stream_analyzer;  // NOLINT: the program's own namespace

int fail(std::string_view message, ExitCode code) {
    say(message);
    return static_cast<int>(code);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error like others: ClosedPipe
    std::signal(SIGXFSZ, SIG_IGN);  // so is a file beyond `ulimit -f`
    try {
        const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
        return static_cast<int>(run_command(arguments));
    } catch (const ClosedPipe&) {
        return static_cast<int>(ExitCode::done);  // the reader has what it wanted
    } catch (const Interrupted& error) {
        return fail(error.what(), ExitCode::interrupted);
    } catch (const UsageError& error) {
        return fail(error.what(), ExitCode::usage);
    } catch (const NothingToCountError& error) {
        say_lines(error.what());
        return static_cast<int>(ExitCode::too_many_rejects);
    } catch (const std::bad_alloc&) {
        return fail(
            "out of memory: with a smaller --memory, analyze, accuracy and merge spill ids and "
            "windows to disk earlier (default: half of the machine's memory)",
            ExitCode::input_output);
    } catch (const std::exception& error) {
        return fail(error.what(), ExitCode::input_output);
    }
}
