#include "generate/event_source.hpp"

#include <algorithm>

#include "generate/popularity.hpp"

namespace stream_analyzer {

namespace {

constexpr std::uint64_t kMinute_ms = 60'000;

}  // namespace

SteadyEvents::SteadyEvents(const GenerateOptions& options)
    : user_draws_(options.seed, DrawPurpose::user),
      records_(options.size_bytes ? kMaxRecords : options.records),
      rate_per_1000s_(options.rate_per_1000s),
      users_(options.users),
      popularity_(options.popularity),
      start_ms_(options.start_s * 1'000) {}

std::optional<Event> SteadyEvents::next() {
    if (index_ == records_) return std::nullopt;
    Draws draws = user_draws_.at(index_);
    Event event;
    event.index = index_;
    // kMaxRecords * 10^6 fits 63 bits.
    event.time_ms = start_ms_ + static_cast<std::int64_t>(index_ * 1'000'000 / rate_per_1000s_);
    event.user = draw_user(draws, users_, popularity_);
    ++index_;
    return event;
}

CountedEvents::CountedEvents(const GenerateOptions& options)
    : user_draws_(options.seed, DrawPurpose::user),
      order_draws_(options.seed, DrawPurpose::order),
      distinct_(options.distinct),
      repeat_per_1000_(options.repeat_per_1000),
      start_ms_(options.start_s * 1'000) {
    std::uint64_t first_user = 0;
    for (const std::uint64_t distinct : distinct_) {
        user_limit_ = std::max(user_limit_, first_user + distinct);
        first_user += distinct / 2;
    }
    open_window();
}

void CountedEvents::open_window() {
    const std::uint64_t distinct = distinct_[window_];
    window_position_ = 0;
    window_records_ = distinct * repeat_per_1000_ / 1'000;
    if (distinct > 0) {
        order_ = KeyedPermutation(window_records_, order_draws_.at(window_).next());
    }
}

std::optional<Event> CountedEvents::next() {
    while (window_position_ == window_records_) {
        if (window_ + 1 == distinct_.size()) return std::nullopt;
        first_user_ += distinct_[window_] / 2;
        ++window_;
        open_window();
    }
    const std::uint64_t distinct = distinct_[window_];
    // Of the shuffled positions the first `distinct` stand for every user once.
    const std::uint64_t place = order_.at(window_position_);
    const std::uint64_t user = place < distinct ? place : user_draws_.at(index_).below(distinct);
    Event event;
    event.index = index_++;
    event.time_ms =
        start_ms_ + static_cast<std::int64_t>(window_ * kMinute_ms +
                                              window_position_++ * kMinute_ms / window_records_);
    event.user = first_user_ + user;
    return event;
}

EventSource make_event_source(const GenerateOptions& options) {
    if (options.distinct.empty()) return SteadyEvents(options);
    return CountedEvents(options);
}

}  // namespace stream_analyzer
