// The account of a run as JSON (--summary FILE).
#pragma once

#include <string>

#include "pipeline/run_summary.hpp"

namespace stream_analyzer {

/// Raised when a key disappears or changes its meaning; new keys alone do not raise it.
inline constexpr int kSummarySchemaVersion = 1;

/// One JSON object and a line feed. Its keys, in this order:
///
///   schema_version        kSummarySchemaVersion
///   bytes                 decompressed bytes of all files
///   lines, records, blank, filtered, anonymous, rejects
///                         counts; lines is the sum of the others
///   rejects_by_reason     [{reason, count, first: {file, offset_bytes, line}}], most first
///   files                 [{name, compression, bytes, lines, records, blank, filtered, anonymous,
///                         rejects, rejects_by_reason: {REASON: count}, out_of_order,
///                         out_of_order_share, largest_lateness_seconds, error}]; the share is a
///                         fraction of the file's records; error is null or a sentence
///   first_event_time, last_event_time
///                         ISO 8601 in UTC, null without records
///   window, windows       label of --window, and how many of them have records
///   gaps_total, gaps      [{from, until}], until exclusive; the first kListedGaps
///   far_windows_total, far_windows
///                         [{window_start, records}]; the first kListedFarWindows
///   time_field, id_field, time_unit, time_unit_detected, times_without_offset, assume_timezone,
///   timezone, hash_seed, check, kernel, threads
///                         how the dump was read; no kernel when parts were merged
///   parts                 stored parts that were merged, 0 when inputs were analyzed; the speeds
///                         are null then
///   seconds, records_per_second, bytes_per_second, peak_memory_bytes, spilled_runs, spilled_bytes
///                         these alone differ from run to run
///   warnings              sentences for people: not stable
///
/// Missing values are null. Bytes of names that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string summary_json(const RunSummary& summary);

}  // namespace stream_analyzer
