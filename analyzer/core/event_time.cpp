#include "core/event_time.hpp"

#include <fmt/format.h>

namespace stream_analyzer {

namespace {

std::string date_and_time(WindowTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace

std::string iso8601(WindowTime time) {
    return date_and_time(time) + "Z";
}

std::string iso8601(EventTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto fraction_us = (time - seconds).count();
    if (fraction_us == 0) return iso8601(seconds);
    return fmt::format("{}.{:06}Z", date_and_time(seconds), fraction_us);
}

}  // namespace stream_analyzer
