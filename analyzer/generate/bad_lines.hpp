// Lines that are not countable records: every reject the analyzer knows except "line too long"
// (which depends on --max-line), blank lines and records whose id is null.
#pragma once

#include <cstdint>
#include <vector>

#include "generate/dump_truth.hpp"
#include "generate/generate_options.hpp"
#include "generate/user_id.hpp"
#include "record/reject.hpp"

namespace stream_analyzer {

/// The 15 kinds in rotation: the rejects, blank, anonymous. Each kind has four variants, which
/// rotate as well: the first of every kind, then the second of every kind, ... Times are those of
/// the dump at that place, ids those of its users.
class BadLines {
  public:
    explicit BadLines(const GenerateOptions& options);

    /// How many bad lines precede the (records + 1)-th record, so that they are the share asked
    /// for of all lines: floor(records * share / (1 - share)).
    [[nodiscard]] std::uint64_t due_after(std::uint64_t records) const;

    /// Writes the next bad line without its end and counts it in `truth`; returns the end of what
    /// was written. The line borrows `near`'s time and user.
    [[nodiscard]] char* append_next(char* out, const Event& near, DumpTruth& truth);

    [[nodiscard]] std::uint64_t made() const { return made_; }

  private:
    /// Fills in a template (bad_lines.cpp) with the event's time and id.
    [[nodiscard]] char* append_filled(char* out, std::string_view text, const Event& near) const;

    UserIds ids_;
    DumpShape shape_;
    std::uint64_t share_ppm_;
    std::uint64_t made_ = 0;
};

}  // namespace stream_analyzer
