// From the time field's token to an instant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/event_time.hpp"
#include "record/assumed_zone.hpp"
#include "record/line_tokens.hpp"
#include "record/plain_integer.hpp"
#include "record/reject.hpp"
#include "record/short_text_memory.hpp"
#include "record/time_unit.hpp"

namespace stream_analyzer {

struct TimeReading {
    std::optional<RejectReason> reject;  ///< the other members have no meaning when it is set
    EventTime time{};
    bool without_offset = false;  ///< an ISO 8601 text without an offset
};

/// Numbers count the unit since 1970-01-01T00:00:00Z, fractions and exponents exactly, floored to
/// microseconds (so -0.0000001 s is one microsecond before 1970). A string may hold such a number,
/// spelled as JSON spells numbers and with nothing around it, or an ISO 8601 text; `iso8601` leaves
/// only the latter. One object a thread.
class TimeReader {
  public:
    /// `assume_timezone` as AssumedZone has it; throws UsageError.
    TimeReader(TimeUnit unit, std::string_view assume_timezone)
        : unit_(unit), zone_(assume_timezone) {}

    /// `token` is well-formed and not empty. The reject is wrong_type_of_time (null, true, an
    /// object, …; a number where only ISO texts are times), unparsable_time or time_out_of_range.
    [[nodiscard]] TimeReading read(Token token);

    /// The common cases of read() for any token, well-formed or not: whole digits, with or without
    /// quotes, and ISO 8601 texts. False: not one of them, or no good; read() knows.
    [[nodiscard]] bool read_plain(Token token, EventTime& time, bool& without_offset) {
        // Neighbouring records often have the same time.
        if (!last_token_.holds(token)) {
            last_without_offset_ = false;
            const bool good = read_new_plain(token, last_time_, last_without_offset_);
            last_token_.hold(good ? token : Token{});
            if (!good) return false;
        }
        time = last_time_;
        without_offset = last_without_offset_;
        return true;
    }

    /// Whether the token reads like the last one that read_plain() read. May be false if it does.
    [[nodiscard]] bool is_last(Token token) const { return last_token_.holds(token); }

  private:
    [[nodiscard]] bool read_new_plain(Token token, EventTime& time, bool& without_offset) {
        if (token.empty()) return false;
        const bool quoted = token.front() == '"';
        const Token text = quoted ? token.substr(1, token.size() - 2) : token;
        std::uint64_t number = 0;
        if (parse_plain_integer(text, number)) return scale_plain(number, time);
        return quoted && read_plain_iso8601(text, time, without_offset);
    }

    [[nodiscard]] bool scale_plain(std::uint64_t number, EventTime& time) const {
        constexpr std::uint64_t kLast_us =
            static_cast<std::uint64_t>(kLastEventTime.time_since_epoch().count());
        std::uint64_t time_us = 0;
        switch (unit_) {
            case TimeUnit::seconds:
                if (number > kLast_us / 1'000'000U) return false;
                time_us = number * 1'000'000U;
                break;
            case TimeUnit::milliseconds:
                if (number > kLast_us / 1'000U) return false;
                time_us = number * 1'000U;
                break;
            case TimeUnit::microseconds:
                time_us = number;
                break;
            case TimeUnit::nanoseconds:
                time_us = number / 1'000U;
                break;
            case TimeUnit::iso8601:
                return false;
        }
        time = EventTime{std::chrono::microseconds{static_cast<std::int64_t>(time_us)}};
        return time_us <= kLast_us;
    }

    bool read_plain_iso8601(std::string_view text, EventTime& time, bool& without_offset);
    TimeReading read_number(std::string_view number) const;
    TimeReading read_text(std::string_view text);

    TimeUnit unit_;
    AssumedZone zone_;
    std::string unescaped_;
    ShortTextMemory last_token_;  // of read_plain
    EventTime last_time_{};
    bool last_without_offset_ = false;
};

}  // namespace stream_analyzer
