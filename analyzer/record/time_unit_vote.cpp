#include "record/time_unit_vote.hpp"

#include <algorithm>

#include "record/decimal.hpp"
#include "record/iso8601.hpp"
#include "record/token_check.hpp"

namespace stream_analyzer {

TimeUnit unit_by_magnitude(std::string_view number) {
    const std::int64_t magnitude = Decimal(number).magnitude();
    if (magnitude <= 11) return TimeUnit::seconds;
    if (magnitude <= 14) return TimeUnit::milliseconds;
    if (magnitude <= 17) return TimeUnit::microseconds;
    return TimeUnit::nanoseconds;
}

void TimeUnitVote::add(Token token) {
    if (token.empty()) return;
    const bool quoted = token.front() == '"';
    const std::string_view text = quoted ? token.substr(1, token.size() - 2) : token;
    if (is_number(text)) {
        ++votes_[static_cast<std::size_t>(unit_by_magnitude(text))];
    } else if (quoted && parse_iso8601(text)) {
        ++votes_[static_cast<std::size_t>(TimeUnit::iso8601)];
    }
}

std::optional<TimeUnit> TimeUnitVote::winner() const {
    const auto most = std::max_element(votes_.begin(), votes_.end());
    if (*most == 0) return std::nullopt;
    return static_cast<TimeUnit>(most - votes_.begin());
}

}  // namespace stream_analyzer
