// What is true of a dump, known from making it: nothing here reads the dump.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/event_time.hpp"
#include "generate/event_source.hpp"
#include "record/reject.hpp"

namespace stream_analyzer {

/// A minute with records.
struct WindowTruth {
    WindowTime start;
    std::uint64_t records = 0;
    std::uint64_t distinct = 0;

    friend bool operator==(const WindowTruth&, const WindowTruth&) = default;
};

/// lines = records + blank + anonymous + all rejects.
struct DumpTruth {
    std::vector<WindowTruth> windows;  ///< by start
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
    std::uint64_t records = 0;
    std::uint64_t blank = 0;
    std::uint64_t anonymous = 0;  ///< lines with a good time and a null id; in no window
    std::array<std::uint64_t, kRejectReasons> rejects{};
    std::uint64_t distinct = 0;  ///< users in the whole dump
    std::uint64_t late = 0;      ///< records held back; not all of them end behind a later one
};

/// Counts windows from the events in the order in which they happen, with a bit a user: only the
/// last minute is open. A minute costs time in proportion to the range of its users' numbers.
class WindowTruths {
  public:
    explicit WindowTruths(std::uint64_t user_limit);

    void add(const Event& event);
    /// Closes the last minute and hands over windows and the dump's distinct users.
    void finish(DumpTruth& truth);

  private:
    void close_window();

    std::vector<std::uint64_t> seen_in_window_;
    std::vector<std::uint64_t> seen_in_dump_;
    std::vector<WindowTruth> windows_;
    std::int64_t minute_ = 0;
    WindowTruth open_;
    std::uint64_t first_user_ = 0;  ///< the range of users in the open minute
    std::uint64_t last_user_ = 0;
};

/// CSV `window_start,records,distinct`, a line a minute with records.
[[nodiscard]] std::string truth_csv(const DumpTruth& truth);

/// JSON with schema_version, bytes, lines, records, blank, anonymous, rejects (by name, zeros
/// included), distinct and late.
[[nodiscard]] std::string totals_json(const DumpTruth& truth);

}  // namespace stream_analyzer
