// stream-analyzer generate: dumps with known truth.
#pragma once

#include <span>
#include <string>

#include "core/error.hpp"
#include "generate/generate_options.hpp"

namespace stream_analyzer {

/// What `stream-analyzer generate --help` prints.
[[nodiscard]] std::string generate_help();

struct GenerateRequest {
    GenerateOptions options;
    std::string output_path = "-";  ///< "-" is standard output
    std::string truth_path;         ///< CSV of the windows' exact counts; empty: none
    std::string totals_path;        ///< JSON of the dump's exact totals; empty: none
};

/// What the arguments behind the command's name ask for (without --help).
/// \throws UsageError naming the option, the value and what is allowed.
[[nodiscard]] GenerateRequest parse_generate_request(std::span<const std::string> arguments);

/// Runs the command; `arguments` are those behind its name. The outputs are opened before the work.
/// When the dump's reader leaves early, the truth of what it would have been is not written.
/// \throws UsageError, EnvironmentError, Interrupted, ClosedPipe.
[[nodiscard]] ExitCode run_generate(std::span<const std::string> arguments);

}  // namespace stream_analyzer
