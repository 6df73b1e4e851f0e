#include "input/line_cut.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

namespace stream_analyzer {

namespace {

/// First step when a line is followed beyond its share: several lines of the usual 2 KiB. Steps
/// double, so that bringing a line in anew at each of them is linear in its length.
constexpr std::uint64_t kFirstStep_bytes = 16U << 10U;
/// Largest step past an overlong line, of which a step at a time is held.
constexpr std::uint64_t kLargestSkip_bytes = 4U << 20U;

using Position = std::optional<std::uint64_t>;

/// Position of the first line feed in [begin, end). `keep`: what was viewed before is still needed.
Position find_line_feed(RangeText& text, std::uint64_t begin, std::uint64_t end, bool keep = true) {
    std::uint64_t step = kFirstStep_bytes;
    while (begin < end) {
        const std::uint64_t stop = std::min(end, begin + step);
        const std::string_view bytes = text.view(begin, stop);
        const void* const found = std::memchr(bytes.data(), '\n', bytes.size());
        if (found != nullptr) {
            return begin +
                   static_cast<std::uint64_t>(static_cast<const char*>(found) - bytes.data());
        }
        begin = stop;
        step *= 2;
        if (keep) continue;
        step = std::min(step, kLargestSkip_bytes);
        text.restart();
    }
    return std::nullopt;
}

/// Start of the last line that starts in [begin, end): behind the last line feed of
/// [begin - 1, end - 1), or `begin` itself when `first` says that a line starts there anyway.
Position last_line_start(RangeText& text, std::uint64_t begin, std::uint64_t end, bool first) {
    const std::uint64_t from = first ? begin : begin - 1;
    const std::string_view bytes = text.view(from, end - 1);
    const void* const found = ::memrchr(bytes.data(), '\n', bytes.size());
    if (found != nullptr) {
        return from + 1 +
               static_cast<std::uint64_t>(static_cast<const char*>(found) - bytes.data());
    }
    if (first) return begin;
    return std::nullopt;
}

/// Where the line that starts at `start` and reaches at least to `from` ends, line feed included;
/// nothing when it is overlong.
Position end_of_line(RangeText& text, const Partition& partition, std::uint64_t start,
                     std::uint64_t from) {
    const std::uint64_t longest_end = start + partition.longest_line_bytes;
    const std::uint64_t stop = std::min(partition.end_bytes, longest_end + 1);
    if (const Position line_feed = find_line_feed(text, from, stop)) return *line_feed + 1;
    if (partition.end_bytes <= longest_end) return partition.end_bytes;
    return std::nullopt;
}

/// A share in which no line starts lies inside a line. When that started in the share before and is
/// overlong, it falls to this share.
CutLines cut_inside_a_line(RangeText& text, const Partition& partition, std::uint64_t begin,
                           std::uint64_t end) {
    const CutLines nothing{begin, begin, 0};
    const bool second = begin - partition.begin_bytes <= partition.share_bytes;
    const std::uint64_t before = second ? partition.begin_bytes : begin - partition.share_bytes;
    text.restart();
    const Position start = last_line_start(text, before, begin, second);
    if (!start || end_of_line(text, partition, *start, end - 1)) return nothing;

    text.restart();
    const std::uint64_t skipped = *start + partition.longest_line_bytes + 1;
    const Position line_feed = find_line_feed(text, skipped, partition.end_bytes, false);
    const std::uint64_t line_end = line_feed ? *line_feed + 1 : partition.end_bytes;
    text.restart();
    const std::uint64_t prefix =
        std::min<std::uint64_t>(kOverlongPrefix_bytes, partition.longest_line_bytes);
    return {*start, *start + prefix, line_end - *start};
}

}  // namespace

CutLines cut_lines(RangeText& text, const Partition& partition, std::uint64_t begin,
                   std::uint64_t end) {
    if (begin == end) return {begin, end, 0};
    const bool first = begin == partition.begin_bytes;
    // Brings the whole share in at once.
    const std::string_view share = text.view(first ? begin : begin - 1, end);
    std::uint64_t line_begin = begin;
    if (!first) {
        const void* const found = std::memchr(share.data(), '\n', share.size() - 1);
        if (found == nullptr) return cut_inside_a_line(text, partition, begin, end);
        line_begin =
            begin + static_cast<std::uint64_t>(static_cast<const char*>(found) - share.data());
    }
    if (share.back() == '\n') return {line_begin, end, 0};
    const std::uint64_t last_start = last_line_start(text, begin, end, first).value_or(line_begin);
    // The view behind it may move what was loaded: no view is used after this.
    const Position line_end = end_of_line(text, partition, last_start, end);
    return {line_begin, line_end.value_or(last_start), 0};
}

}  // namespace stream_analyzer
