// stream-analyzer: the one place where errors become exit codes.
#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "core/error.hpp"
#include "pipeline/analysis_options.hpp"
#include "report/output_file.hpp"

namespace {

using namespace stream_analyzer;  // NOLINT: the program's own namespace

int say(const std::string& message, ExitCode code) {
    fmt::print(stderr, "stream-analyzer: {}\n", message);
    return static_cast<int>(code);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error like others: ClosedPipe
    try {
        const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
        return static_cast<int>(run_command(arguments));
    } catch (const ClosedPipe&) {
        return static_cast<int>(ExitCode::done);  // the reader has what it wanted
    } catch (const Interrupted& stop) {
        return say(fmt::format("interrupted after {} lines", stop.lines),
                   ExitCode::interrupted);
    } catch (const UsageError& error) {
        return say(error.what(), ExitCode::usage);
    } catch (const NothingToCountError& error) {
        return say(error.what(), ExitCode::too_many_rejects);
    } catch (const std::bad_alloc&) {
        return say("out of memory", ExitCode::input_output);
    } catch (const std::exception& error) {
        return say(error.what(), ExitCode::input_output);
    }
}
