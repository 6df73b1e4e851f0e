// How far a file is from being sorted by event time, measured in pieces that are scanned out of
// order.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/event_time.hpp"
#include "pipeline/run_summary.hpp"

namespace stream_analyzer {

/// The event times of one chunk, reduced to what is needed once the largest event time ahead of the
/// chunk is known.
class ArrivalTrace {
  public:
    /// So many records of a time, one after another.
    void add(EventTime time, std::uint64_t records) {
        if (steps_.empty() || time > steps_.back().time) {
            steps_.push_back({time, records});
        } else if (time == steps_.back().time) {
            steps_.back().records += records;
        } else {
            add_late(time, records);
        }
    }

  private:
    friend class ArrivalOrderMeter;

    // A new largest time and the records that were in order at it.
    struct Step {
        EventTime time;
        std::uint64_t records;
    };

    void add_late(EventTime time, std::uint64_t records);

    std::vector<Step> steps_;  // ascending
    std::optional<EventTime> smallest_late_;
    std::uint64_t late_records_ = 0;
    std::chrono::microseconds largest_lateness_{0};
};

/// Puts the traces of one file together, in the file's order.
class ArrivalOrderMeter {
  public:
    void append(const ArrivalTrace& trace);
    [[nodiscard]] const ArrivalOrder& order() const { return order_; }

  private:
    std::optional<EventTime> largest_;
    ArrivalOrder order_;
};

}  // namespace stream_analyzer
