// What a run says of its inputs.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event_time.hpp"
#include "record/line_counts.hpp"

namespace stream_analyzer {

/// One input, or the part of it that was read.
struct SourceAccount {
    /// What tells inputs apart: --source-id, or the path. Empty: unknown (standard input without
    /// --source-id).
    std::string id;
    std::string name;  ///< for people
    std::string compression;
    std::uint64_t begin_bytes = 0;  ///< decompressed; the first byte that was read
    std::uint64_t end_bytes = 0;    ///< behind the last
    LineCounts lines;

    struct Place {
        std::uint64_t offset_bytes = 0;  ///< decompressed
        std::uint64_t line = 0;          ///< from 1

        friend bool operator==(const Place&, const Place&) = default;
    };
    /// The first reject of each reason; set where lines.rejects is not 0.
    std::array<std::optional<Place>, kRejectReasons> first_rejects;

    std::uint64_t out_of_order = 0;
    std::chrono::microseconds largest_lateness{0};
    std::optional<std::string> error;  ///< why reading stopped early
    bool grew = false;                 ///< while it was read; what was added is not counted

    friend bool operator==(const SourceAccount&, const SourceAccount&) = default;
};

struct RunAccount {
    /// Ordered by id, range, name, then by all that is known of them: an order of their own,
    /// whoever merged them.
    std::vector<SourceAccount> sources;
    std::optional<EventTime> first_event_time;
    std::optional<EventTime> last_event_time;
    std::uint64_t times_without_offset = 0;
    bool time_unit_chosen = false;  ///< by auto detection, in any of the runs
    /// Of the windows of the first length; a check of completeness.
    std::uint64_t windows = 0;

    void sort_sources();
    /// Takes what another account has of inputs and times; `windows` stays. Both are in order.
    void add(const RunAccount& other);

    friend bool operator==(const RunAccount&, const RunAccount&) = default;
};

/// The first pair of sources, one of each account, that have some bytes in common: the names of the
/// source. Nothing when there is none.
[[nodiscard]] std::optional<std::string> common_source(const RunAccount& one,
                                                       const RunAccount& other);

void encode_source(const SourceAccount& source, std::string& out);
/// All sources of a block. Throws EnvironmentError naming `name`.
void decode_sources(std::string_view content, const std::string& name,
                    std::vector<SourceAccount>& into);

/// The foot: everything but the sources.
[[nodiscard]] std::string encode_foot(const RunAccount& account);
void decode_foot(std::string_view content, const std::string& name, RunAccount& into);

}  // namespace stream_analyzer
