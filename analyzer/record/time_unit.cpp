#include "record/time_unit.hpp"

#include <array>

namespace stream_analyzer {

namespace {

constexpr std::array<std::string_view, 5> kNames{"s", "ms", "us", "ns", "iso8601"};

}  // namespace

std::string_view name_of(TimeUnit unit) {
    return kNames[static_cast<std::size_t>(unit)];
}

std::optional<TimeUnit> parse_time_unit(std::string_view text) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == text) return static_cast<TimeUnit>(i);
    }
    return std::nullopt;
}

}  // namespace stream_analyzer
