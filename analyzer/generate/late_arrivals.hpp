// Records that arrive later than they happened. An event's time never changes: a late record is
// held back and delivered behind later ones, so every window keeps the records it was made with.
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "generate/event_source.hpp"

namespace stream_analyzer {

class LateArrivals {
  public:
    explicit LateArrivals(const GenerateOptions& options);

    /// How many seconds late the event arrives; 0 is in time.
    [[nodiscard]] std::uint64_t lateness_s(std::uint64_t event_index) const;

    void hold_back(const Event& event, std::uint64_t lateness_s);

    /// The next held-back event that arrives before something that happens at `now_ms`. An event
    /// that is due at the very same time comes after, so that in a dense stream a whole second of
    /// lateness is seen as such, while no record is ever seen later than it was made.
    [[nodiscard]] std::optional<Event> arriving_before(std::int64_t now_ms);

    /// The next held-back event of all.
    [[nodiscard]] std::optional<Event> next_held_back();

    /// Events held back so far.
    [[nodiscard]] std::uint64_t late() const { return late_; }

  private:
    struct HeldBack {
        std::int64_t due_ms;
        Event event;
    };
    struct DueLater {
        bool operator()(const HeldBack& a, const HeldBack& b) const {
            return a.due_ms != b.due_ms ? a.due_ms > b.due_ms : a.event.index > b.event.index;
        }
    };

    DrawStreams draws_;
    std::uint64_t late_share_ppm_;
    std::uint64_t late_tail_ppm_;
    std::uint64_t late_max_s_;
    std::uint64_t late_ = 0;
    std::priority_queue<HeldBack, std::vector<HeldBack>, DueLater> held_back_;
};

}  // namespace stream_analyzer
