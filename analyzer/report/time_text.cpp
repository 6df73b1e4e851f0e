#include "report/time_text.hpp"

#include <algorithm>
#include <chrono>

namespace stream_analyzer {

TimePrecision precision_for(std::span<const WindowTime> times) {
    const auto all_whole = [&](auto unit) {
        return std::ranges::all_of(times, [&](WindowTime time) {
            return std::chrono::floor<decltype(unit)>(time) == time;
        });
    };
    if (all_whole(std::chrono::days{})) return TimePrecision::days;
    if (all_whole(std::chrono::minutes{})) return TimePrecision::minutes;
    return TimePrecision::seconds;
}

std::string short_time(WindowTime time, TimePrecision precision) {
    std::string text = iso8601(time);  // "2016-07-11T13:39:00Z"
    text.at(text.find('T')) = ' ';
    switch (precision) {
        case TimePrecision::days:
            text.resize(text.size() - 10);
            break;
        case TimePrecision::minutes:
            text.resize(text.size() - 4);
            break;
        case TimePrecision::seconds:
            text.resize(text.size() - 1);
            break;
    }
    return text;
}

}  // namespace stream_analyzer
