// --time-unit auto: what the first records' times count.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "record/line_tokens.hpp"
#include "record/time_unit.hpp"

namespace stream_analyzer {

/// Each time token votes by its size: below 10^11 it counts seconds (until the year 5138), below
/// 10^14 milliseconds, below 10^17 microseconds, else nanoseconds; a string that holds a number
/// likewise, ISO 8601 texts vote for iso8601. Anything else abstains.
class TimeUnitVote {
  public:
    /// How many records have a vote: the first of the first input that are well-formed objects.
    static constexpr std::size_t kVoters = 1000;

    /// `token` as a plan's field() returns it; empty and malformed ones abstain.
    void add(Token token);

    /// The unit with the most votes; of several, the coarsest, and iso8601 last, since its texts
    /// are understood with every unit. Nothing without votes.
    [[nodiscard]] std::optional<TimeUnit> winner() const;

  private:
    std::array<std::size_t, 5> votes_{};
};

/// The unit for a number of this size; `number` follows JSON's grammar.
[[nodiscard]] TimeUnit unit_by_magnitude(std::string_view number);

}  // namespace stream_analyzer
