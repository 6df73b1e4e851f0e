// The honest account of a run: what was read, what was counted, what was not and why.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/event_time.hpp"
#include "record/line_counts.hpp"
#include "record/reject.hpp"

namespace stream_analyzer {

/// A line of an input.
struct LinePlace {
    std::string file;
    std::uint64_t offset_bytes = 0;  ///< of the line's first byte, in decompressed bytes
    std::uint64_t line = 0;          ///< counted from 1
};

/// How far the records of one file are from being sorted by event time.
struct ArrivalOrder {
    /// Records with an event time before the largest of the records ahead of them in the file.
    std::uint64_t out_of_order = 0;
    /// Largest distance of such a record to that largest time.
    std::chrono::microseconds largest_lateness{0};
};

struct FileSummary {
    std::string name;
    std::string compression;  ///< "none", "gzip" or "zstd"
    std::uint64_t bytes = 0;  ///< decompressed
    LineCounts lines;
    ArrivalOrder order;
    /// The first reject of each reason.
    std::array<std::optional<LinePlace>, kRejectReasons> first_rejects;
    std::optional<std::string> error;  ///< why reading stopped early
    bool grew = false;                 ///< while it was read; what was added is not counted
};

struct RejectSummary {
    RejectReason reason{};
    std::uint64_t count = 0;
    LinePlace first;
};

/// A run of windows of the --window length without records, between windows with records.
struct Gap {
    WindowTime from;   ///< inclusive
    WindowTime until;  ///< exclusive
};

/// A window far from the rest of the dump: pipeline/emptiness.hpp has the rule.
struct FarWindow {
    WindowTime start;
    std::uint64_t records = 0;
};

struct RunSummary {
    std::vector<FileSummary> files;
    LineCounts total;
    std::vector<RejectSummary> rejects;  ///< reasons that occurred, by descending count
    std::optional<EventTime> first_event_time;
    std::optional<EventTime> last_event_time;
    std::uint64_t windows = 0;
    std::uint64_t gaps_total = 0;
    std::vector<Gap> gaps;  ///< the first kListedGaps of them
    std::uint64_t far_windows_total = 0;
    std::vector<FarWindow> far_windows;    ///< the first kListedFarWindows of them
    std::optional<WindowTime> body_first;  ///< the first window that is not far; absent without one
    std::optional<WindowTime> body_last;   ///< the last window that is not far
    std::string window;                    ///< label of --window
    std::string time_field;
    std::string id_field;
    std::string time_unit;                   ///< "s", "ms", "us", "ns" or "iso8601"
    bool time_unit_chosen = false;           ///< by auto detection
    std::uint64_t times_without_offset = 0;  ///< ISO 8601 texts read in assume_timezone
    std::string assume_timezone;
    std::string timezone;
    std::uint64_t hash_seed = 0;
    std::string check;   ///< "structure" or "full"
    std::string kernel;  ///< "avx2", "portable"; empty when parts were merged
    unsigned threads = 0;
    std::uint64_t parts = 0;  ///< stored parts that were merged; 0: inputs were analyzed
    double seconds = 0;       ///< wall time from opening the inputs to the last window
    std::uint64_t peak_memory_bytes = 0;
    std::uint64_t spilled_runs = 0;     ///< because of --memory
    std::uint64_t spilled_bytes = 0;    ///< written for them
    std::vector<std::string> warnings;  ///< sentences for people

    static constexpr std::size_t kListedGaps = 100;
    static constexpr std::size_t kListedFarWindows = 20;
};

}  // namespace stream_analyzer
