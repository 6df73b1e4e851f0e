// What `accuracy` reads: dumps or stored parts.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "cli/accuracy_command.hpp"
#include "compare/dump_errors.hpp"
#include "pipeline/run_summary.hpp"
#include "pipeline/window_ids.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

struct DumpEvidence {
    RunSummary summary;
    std::shared_ptr<const WindowTable> windows;
    DumpErrors errors;
    /// Windows with typical numbers of ids, and those ids; none without trials, and none with more
    /// than kMostRehashedIds.
    WindowIds typical;
};

/// A trial per seed hashes all of them again; and they stay in memory.
inline constexpr std::uint64_t kMostRehashedIds = 2'000'000;

/// Finds the inputs, and whether they are stored parts.
/// \throws UsageError for dumps beside parts, and for options that parts do not take.
void expand(AccuracyRequest& request);

/// Reads them, once. Nothing without inputs.
/// \throws EnvironmentError, NothingToCountError, UsageError, Interrupted.
[[nodiscard]] std::optional<DumpEvidence> read_dump(std::span<const std::string> arguments,
                                                    const AccuracyRequest& request,
                                                    const std::atomic<bool>& interrupted);

}  // namespace stream_analyzer
