// Stored parts as sketches of other systems.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/event_time.hpp"
#include "sketch/sketch.hpp"

namespace stream_analyzer {

struct ExportOptions {
    std::vector<std::string> parts;    ///< at least one, at most kMostExportedParts
    std::vector<SketchSpec> sketches;  ///< of other systems; each once
    const std::atomic<bool>* interrupted = nullptr;
};

/// All are open at once. More can be made one by `merge --save`.
inline constexpr std::size_t kMostExportedParts = 64;

/// Valid during the call that hands it over.
struct ExportedWindow {
    std::string length;  ///< "1m"
    WindowTime start;
    std::optional<std::uint64_t> distinct;  ///< absent where parts hold sketches
    std::span<const Sketch> sketches;       ///< in the order of the options
};

/// Hands over every window of all parts together, in order of time: its ids united and put into
/// the sketches, or, where parts hold the states of sketches (--no-exact), these merged. Memory
/// does not grow with ids or windows.
///
/// Throws EnvironmentError when a part cannot be read, does not fit the others, or holds sketches
/// and not one that is asked for; Interrupted.
void export_parts(const ExportOptions& options,
                  const std::function<void(const ExportedWindow&)>& take);

}  // namespace stream_analyzer
