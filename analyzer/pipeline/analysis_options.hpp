// What `analyze` is asked to do. Defaults stand here and nowhere else.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/byte_sink.hpp"
#include "core/hash64.hpp"
#include "input/input_list.hpp"
#include "input/input_sequence.hpp"
#include "pipeline/line_ledger.hpp"
#include "pipeline/memory_limit.hpp"
#include "record/reading_rules.hpp"
#include "sketch/sketch_spec.hpp"
#include "store/spill_file.hpp"
#include "window/window_length.hpp"

namespace stream_analyzer {

struct WindowIds;  // pipeline/window_ids.hpp

struct AnalysisOptions {
    std::vector<InputSpec> inputs;
    InputOptions input;
    ReadingRules rules;  ///< time_unit absent: chosen from the first records
    WindowLength window;
    std::vector<WindowLength> rollups;
    std::string timezone = "UTC";
    std::vector<SketchSpec> sketches = default_sketches();
    bool exact = true;
    std::uint64_t hash_seed = kDefaultHashSeed;
    unsigned threads = 1;  ///< at least 1
    /// For ids and windows; when they need more, they are spilled.
    std::uint64_t memory_bytes = default_memory_bytes();
    std::string spill_folder = default_spill_folder();
    /// What tells the inputs apart in a stored part; absent: their paths.
    std::optional<std::string> source_id;

    /// About equal memory: 4,096, 3,072 and 4,096 bytes.
    [[nodiscard]] static std::vector<SketchSpec> default_sketches();
};

/// Where a part is stored.
struct PartTarget {
    ByteSink& sink;
    std::string program_version;
};

/// What the caller wants to hear while it runs. All may be empty.
struct AnalysisHooks {
    /// Called for every reject in input order, one call at a time.
    LineLedger::TakeReject take_reject;
    /// Called after each chunk by the thread that counted it, with bytes on disk and the total if
    /// it is known.
    std::function<void(std::uint64_t done_bytes, std::optional<std::uint64_t> total_bytes)>
        progress;
    /// Set by a signal handler: threads stop at the next chunk or window, and analyze throws
    /// Interrupted.
    const std::atomic<bool>* interrupted = nullptr;
    /// Takes what was counted (--save).
    const PartTarget* save = nullptr;
    /// Takes the ids of some windows; with exact counts and without `save` only.
    WindowIds* window_ids = nullptr;
};

}  // namespace stream_analyzer
