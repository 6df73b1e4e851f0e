#include "record/time_token.hpp"

#include "record/decimal.hpp"
#include "record/iso8601.hpp"
#include "record/json_grammar.hpp"
#include "record/json_string.hpp"
#include "record/token_check.hpp"

namespace stream_analyzer {

namespace {

TimeReading rejected(RejectReason reason) {
    TimeReading reading;
    reading.reject = reason;
    return reading;
}

bool in_range(EventTime time) {
    return time >= kFirstEventTime && time <= kLastEventTime;
}

TimeReading reading_of(EventTime time, bool without_offset) {
    if (!in_range(time)) return rejected(RejectReason::time_out_of_range);
    return {std::nullopt, time, without_offset};
}

/// Decimal places between the unit and the microsecond.
int places_to_microseconds(TimeUnit unit) {
    switch (unit) {
        case TimeUnit::seconds:
            return 6;
        case TimeUnit::milliseconds:
            return 3;
        case TimeUnit::microseconds:
            return 0;
        case TimeUnit::nanoseconds:
            return -3;
        case TimeUnit::iso8601:
            break;
    }
    return 0;
}

}  // namespace

TimeReading TimeReader::read(Token token) {
    if (token.front() == '"') {
        const std::string_view raw = token.substr(1, token.size() - 2);
        if (raw.find('\\') == std::string_view::npos) return read_text(raw);
        if (unescape(raw, unescaped_) != Unescaped::text) {
            return rejected(RejectReason::unparsable_time);
        }
        return read_text(unescaped_);
    }
    if (!begins_number(token.front()) || unit_ == TimeUnit::iso8601) {
        return rejected(RejectReason::wrong_type_of_time);
    }
    return read_number(token);
}

TimeReading TimeReader::read_number(std::string_view number) const {
    const auto time_us = Decimal(number).scaled_floor(places_to_microseconds(unit_));
    if (!time_us) return rejected(RejectReason::time_out_of_range);
    return reading_of(EventTime{std::chrono::microseconds{*time_us}}, false);
}

TimeReading TimeReader::read_text(std::string_view text) {
    if (const auto iso = parse_iso8601(text)) {
        const EventTime time = iso->has_offset ? iso->time : zone_.to_utc(iso->time);
        return reading_of(time, !iso->has_offset);
    }
    if (unit_ == TimeUnit::iso8601 || !is_number(text)) {
        return rejected(RejectReason::unparsable_time);
    }
    return read_number(text);
}

bool TimeReader::read_plain_iso8601(std::string_view text, EventTime& time, bool& without_offset) {
    const auto iso = parse_iso8601(text);
    if (!iso) return false;
    time = iso->has_offset ? iso->time : zone_.to_utc(iso->time);
    without_offset = !iso->has_offset;
    return in_range(time);
}

}  // namespace stream_analyzer
