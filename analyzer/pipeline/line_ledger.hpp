// The account of all lines, kept in input order although chunks are scanned in any order.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/chunk.hpp"
#include "pipeline/arrival_order.hpp"
#include "pipeline/reject_list.hpp"
#include "pipeline/run_summary.hpp"
#include "record/line_counts.hpp"

namespace stream_analyzer {

/// A rejected line, located.
struct LocatedReject {
    LinePlace place;
    RejectReason reason{};
    std::string_view text;  ///< the line's bytes, cut at kRejectText_bytes; valid within the call
};

inline constexpr std::size_t kRejectText_bytes = 1000;

/// What one chunk contributes.
struct ChunkAccount {
    struct Reject {
        std::uint64_t offset_bytes = 0;  ///< of the line in its source
        std::uint64_t line = 0;          ///< within the chunk, from 0
        RejectReason reason{};
    };

    std::uint64_t sequence = 0;
    std::size_t source = 0;
    LineCounts lines;
    std::vector<Reject> first_rejects;          ///< the first of each reason, in order
    RejectList rejects;                         ///< all of them when their texts are wanted
    std::optional<EventTime> first_event_time;  ///< smallest
    std::optional<EventTime> last_event_time;   ///< largest
    std::uint64_t times_without_offset = 0;
    ArrivalTrace arrival;
    std::optional<RejectReason> last_line_reject;  ///< if the chunk's last line is one

    /// Takes the last line, a reject, out of the account.
    void drop_last_line();
};

/// Takes accounts in any order and books them in the order of their sequence.
class LineLedger {
  public:
    using TakeReject = std::function<void(const LocatedReject&)>;

    /// `take_reject`, if set, is called for every reject in input order, one call at a time.
    LineLedger(std::vector<std::string> source_names, TakeReject take_reject);

    /// Thread-safe.
    void post(ChunkAccount account);

    /// Fills the summary's files (names, lines, order), total, rejects, event times and
    /// times_without_offset.
    void fill(RunSummary& summary) const;

    /// Lines booked so far. Thread-safe.
    [[nodiscard]] std::uint64_t lines() const;

  private:
    struct SourceAccount {
        LineCounts lines;
        ArrivalOrderMeter order;
        std::array<std::optional<LinePlace>, kRejectReasons> first_rejects;
    };

    void book(const ChunkAccount& account);
    void book_rejects(const ChunkAccount& account, std::uint64_t lines_before);

    mutable std::mutex mutex_;
    std::vector<std::string> source_names_;
    TakeReject take_reject_;
    std::map<std::uint64_t, ChunkAccount> waiting_;  // by sequence
    std::uint64_t next_sequence_ = 0;
    std::vector<SourceAccount> sources_;
    std::optional<EventTime> first_event_time_;
    std::optional<EventTime> last_event_time_;
    std::uint64_t times_without_offset_ = 0;
};

/// Fills total and rejects from the summary's files.
void add_up_files(RunSummary& summary);

}  // namespace stream_analyzer
