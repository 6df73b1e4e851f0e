// What a dump shall look like. The defaults stand here and nowhere else.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace stream_analyzer {

/// Shares are parts per million, so that no rounding depends on a machine's floating point.
inline constexpr std::uint32_t kWhole_ppm = 1'000'000;

enum class DumpShape : std::uint8_t {
    wide,    ///< records of about 2 KB with every trap of the challenge's dump
    narrow,  ///< {"ts":1468244385,"uid":"9bfcae2f7c3a4ec2add"}
    nested,  ///< ISO 8601 times at /event/time, ids at /user/id, 200 to 300 bytes
};

enum class Popularity : std::uint8_t {
    uniform,  ///< every user is equally likely
    zipf,     ///< the k-th user is drawn with a probability proportional to 1/k
};

struct GenerateOptions {
    DumpShape shape = DumpShape::wide;
    /// Average length of a wide record, about; 2,080 bytes is that of the challenge's dump.
    std::uint64_t record_bytes = 2'080;

    /// Countable records; bad lines come on top. Event times advance evenly by `rate`.
    std::uint64_t records = 100'000;
    /// Instead of `records`: stop at the first record that reaches this size. Records that are
    /// still under way then (late ones) are appended.
    std::optional<std::uint64_t> size_bytes;
    /// Records per 1,000 seconds of event time.
    std::uint64_t rate_per_1000s = 500'000;
    /// Users are the numbers below this one.
    std::uint64_t users = 100'000;
    Popularity popularity = Popularity::uniform;

    /// Not empty: one-minute windows with exactly these numbers of distinct users, 0 being a gap;
    /// then `records`, `size_bytes`, `rate_per_1000s`, `users` and `popularity` do not apply.
    std::vector<std::uint64_t> distinct;
    /// Records of such a window per 1,000 of its distinct users; at least 1,000.
    std::uint64_t repeat_per_1000 = 2'000;

    /// First event time in seconds since 1970; 2016-07-11T13:39:00Z, the first minute of the
    /// challenge's dump.
    std::int64_t start_s = 1'468'244'340;

    /// Records that arrive behind later ones, by 1 to `late_max_s` seconds, evenly.
    std::uint32_t late_share_ppm = 0;
    std::uint64_t late_max_s = 5;
    /// Records that arrive later still: x times `late_max_s` or more for one in x of them
    /// (Pareto, exponent 1), at most kLateTailMax_s.
    std::uint32_t late_tail_ppm = 0;

    /// Records whose `ts` is a string of digits. Unset: the shape's own share.
    std::optional<std::uint32_t> string_times_ppm;

    /// Lines, of all lines, that are not countable records (generate/bad_lines.hpp).
    std::uint32_t corrupt_share_ppm = 0;
    bool crlf = false;
    std::uint64_t seed = 1;
};

/// The share of `ts` strings in a wide dump that does not ask for one: enough to occur in any
/// thousand lines, few enough to leave numbers the usual case.
inline constexpr std::uint32_t kWideStringTimes_ppm = 100'000;

/// The end of the heavy tail: 6 hours.
inline constexpr std::uint64_t kLateTailMax_s = 6 * std::uint64_t{3'600};

/// Limits of what can be asked for. Two bits a user are kept for the truth, which bounds `users`
/// and the sum of `distinct` (its windows share half of their users).
inline constexpr std::uint64_t kMaxRecords = 1'000'000'000'000;
inline constexpr std::uint64_t kMaxSize_bytes = 1'000'000'000'000;
inline constexpr std::uint64_t kMinRecord_bytes = 128;
inline constexpr std::uint64_t kMaxRecord_bytes = 8'192;
inline constexpr std::uint64_t kMaxUsers = 100'000'000;
inline constexpr std::uint64_t kMaxDistinct = 10'000'000;
inline constexpr std::uint64_t kMaxDistinctSum = 1'000'000'000;
inline constexpr std::uint64_t kMaxRepeat_per_1000 = 1'000'000;
inline constexpr std::uint64_t kMaxRate_per_1000s = 1'000'000'000'000;
inline constexpr std::uint64_t kMaxLateness_s = 24 * std::uint64_t{3'600};
inline constexpr std::uint32_t kMaxCorruptShare_ppm = 500'000;

/// \throws UsageError when options that are in range one by one do not fit together; the message
/// names them.
void check(const GenerateOptions& options);

}  // namespace stream_analyzer
