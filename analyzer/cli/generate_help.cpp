#include <fmt/format.h>

#include "cli/generate_command.hpp"
#include "core/event_time.hpp"

namespace stream_analyzer {

std::string generate_help() {
    const GenerateOptions defaults;
    return fmt::format(
        R"(Usage: stream-analyzer generate [options]

Writes a dump of records with an event time and a user id, and on request what
is true of it. The same options give the same bytes on every machine.

What a record looks like
  --shape SHAPE         wide    about 2 KB: "ts" and "uid" anywhere in the root
                                object, nested objects that reuse their names,
                                repeated keys, every escape, Cyrillic text
                        narrow  {{"ts":1468244385,"uid":"9bfcae2f7c3a4ec2add"}}
                        nested  ISO 8601 times at /event/time, ids at /user/id
                        (default: wide)
  --record-size SIZE    average length of a wide record, about (default: {record}B)
  --string-times P%     records whose "ts" is a string of digits
                        (default: {string_times}% in wide, 0% in narrow)
  --crlf                lines end with CR LF

How many records, when and by whom
  --records N           countable records (default: {records})
  --bytes SIZE          instead: stop when the dump has this size, like 900MB
  --rate R              records per second of event time (default: {rate})
  --start TIME          first event time, as 2016-07-11T13:39:00Z or in seconds
                        since 1970 (default: {start})
  --users N             users there are (default: {users})
  --popularity KIND     uniform, or zipf: the k-th user is drawn 1/k times as
                        often as the first (default: uniform)
  --distinct N,N,...    instead of records, bytes, rate, users and popularity:
                        consecutive minutes with exactly so many distinct users;
                        0 is a gap
  --repeat X            records per distinct user of such a minute, on average
                        (default: {repeat})

Disorder and damage
  --late-share P%       records that arrive 1 s to --late-max behind their time
                        (default: 0%)
  --late-max TIME       like 5s, 2m, 1h (default: {late_max}s)
  --late-tail P%        records that arrive later still: one in x of them later
                        than x times --late-max, at most {late_tail_max}h (default: 0%)
  --corrupt-share P%    lines, of all lines, that are no countable record, on
                        top of the records: every reject but "line too long",
                        blank lines and null ids, in turn (default: 0%)

Output
  -o, --output FILE     the dump (default: -, which is standard output)
  --truth FILE          CSV window_start,records,distinct: the exact counts of
                        every minute with records, known from making the dump
  --truth-totals FILE   JSON: lines, records, blank, anonymous, rejects by
                        reason, distinct users, late records
  --seed N              another number makes another dump (default: {seed})
  --help                this text

Examples
  stream-analyzer generate --records 5000 --late-share 5% -o dump.jsonl
  stream-analyzer generate --shape narrow --distinct 16193,41130,47370 \
      --truth truth.csv -o dump.jsonl
  stream-analyzer generate --shape narrow --records 20000000 --rate 16667 \
      --users 1000000 | gzip > narrow.jsonl.gz
)",
        fmt::arg("record", defaults.record_bytes),
        fmt::arg("string_times", kWideStringTimes_ppm / 10'000),
        fmt::arg("records", defaults.records), fmt::arg("rate", defaults.rate_per_1000s / 1'000),
        fmt::arg("start", iso8601(WindowTime{std::chrono::seconds{defaults.start_s}})),
        fmt::arg("users", defaults.users), fmt::arg("repeat", defaults.repeat_per_1000 / 1'000),
        fmt::arg("late_max", defaults.late_max_s),
        fmt::arg("late_tail_max", kLateTailMax_s / 3'600), fmt::arg("seed", defaults.seed));
}

}  // namespace stream_analyzer
