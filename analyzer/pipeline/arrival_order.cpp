#include "pipeline/arrival_order.hpp"

#include <algorithm>

namespace stream_analyzer {

void ArrivalTrace::add_late(EventTime time, std::uint64_t records) {
    late_records_ += records;
    largest_lateness_ = std::max(largest_lateness_, steps_.back().time - time);
    smallest_late_ = std::min(smallest_late_.value_or(time), time);
}

void ArrivalOrderMeter::append(const ArrivalTrace& trace) {
    if (trace.steps_.empty()) return;
    order_.out_of_order += trace.late_records_;
    order_.largest_lateness = std::max(order_.largest_lateness, trace.largest_lateness_);
    if (largest_) {
        // Records that were in order within the chunk, but not behind what stood ahead of it.
        for (const ArrivalTrace::Step& step : trace.steps_) {
            if (step.time >= *largest_) break;
            order_.out_of_order += step.records;
        }
        const EventTime first = trace.steps_.front().time;
        const EventTime smallest = std::min(trace.smallest_late_.value_or(first), first);
        order_.largest_lateness = std::max(order_.largest_lateness, *largest_ - smallest);
    }
    const EventTime last = trace.steps_.back().time;
    largest_ = std::max(largest_.value_or(last), last);
}

}  // namespace stream_analyzer
