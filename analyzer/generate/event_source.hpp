// The events of a dump in the order in which they happen, each a function of its index.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "generate/draws.hpp"
#include "generate/generate_options.hpp"

namespace stream_analyzer {

/// What a record tells.
struct Event {
    std::uint64_t index = 0;   ///< 0, 1, 2, ... in order of event time
    std::int64_t time_ms = 0;  ///< since 1970; never less than that of the event before
    std::uint64_t user = 0;
};

/// Events at an even rate by users drawn from a population.
class SteadyEvents {
  public:
    explicit SteadyEvents(const GenerateOptions& options);

    /// Nothing when all records are made; endless when a size ends the dump.
    [[nodiscard]] std::optional<Event> next();
    /// Every user's number is below it.
    [[nodiscard]] std::uint64_t user_limit() const { return users_; }

  private:
    DrawStreams user_draws_;
    std::uint64_t records_;
    std::uint64_t rate_per_1000s_;
    std::uint64_t users_;
    Popularity popularity_;
    std::int64_t start_ms_;
    std::uint64_t index_ = 0;
};

/// Consecutive minutes with exactly so many distinct users each. Half of a minute's users are users
/// of the minute before, as far as the numbers allow. Every user of a minute occurs at least once,
/// in no visible order; the other records fall on them evenly.
class CountedEvents {
  public:
    /// \pre options.distinct is not empty.
    explicit CountedEvents(const GenerateOptions& options);

    [[nodiscard]] std::optional<Event> next();
    [[nodiscard]] std::uint64_t user_limit() const { return user_limit_; }

  private:
    void open_window();

    DrawStreams user_draws_;
    DrawStreams order_draws_;
    std::vector<std::uint64_t> distinct_;
    std::uint64_t repeat_per_1000_;
    std::int64_t start_ms_;
    std::uint64_t user_limit_ = 0;
    std::uint64_t index_ = 0;
    std::size_t window_ = 0;
    std::uint64_t first_user_ = 0;
    std::uint64_t window_records_ = 0;
    std::uint64_t window_position_ = 0;
    KeyedPermutation order_{1, 0};
};

using EventSource = std::variant<SteadyEvents, CountedEvents>;

[[nodiscard]] EventSource make_event_source(const GenerateOptions& options);

}  // namespace stream_analyzer
