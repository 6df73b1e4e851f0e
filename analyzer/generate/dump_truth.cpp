#include "generate/dump_truth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <iterator>
#include <span>

namespace stream_analyzer {

namespace {

std::int64_t minute_of(std::int64_t time_ms) {
    return std::chrono::floor<std::chrono::minutes>(std::chrono::milliseconds{time_ms}).count();
}

void set_bit(std::vector<std::uint64_t>& bits, std::uint64_t position) {
    bits[position / 64] |= std::uint64_t{1} << (position % 64);
}

std::uint64_t count_bits(std::span<const std::uint64_t> bits) {
    std::uint64_t count = 0;
    for (const std::uint64_t word : bits)
        count += static_cast<std::uint64_t>(std::popcount(word));
    return count;
}

}  // namespace

WindowTruths::WindowTruths(std::uint64_t user_limit)
    : seen_in_window_(user_limit / 64 + 1), seen_in_dump_(user_limit / 64 + 1) {}

void WindowTruths::add(const Event& event) {
    const std::int64_t minute = minute_of(event.time_ms);
    if (minute != minute_) {
        close_window();
        minute_ = minute;
    }
    if (open_.records == 0) first_user_ = last_user_ = event.user;
    first_user_ = std::min(first_user_, event.user);
    last_user_ = std::max(last_user_, event.user);
    ++open_.records;
    set_bit(seen_in_window_, event.user);
}

void WindowTruths::close_window() {
    if (open_.records == 0) return;
    const std::size_t first_word = first_user_ / 64;
    const std::span<std::uint64_t> seen =
        std::span(seen_in_window_).subspan(first_word, last_user_ / 64 - first_word + 1);
    open_.start = WindowTime{std::chrono::minutes{minute_}};
    open_.distinct = count_bits(seen);
    windows_.push_back(open_);
    for (std::size_t word = 0; word < seen.size(); ++word) {
        seen_in_dump_[first_word + word] |= seen[word];
    }
    std::ranges::fill(seen, 0);
    open_ = {};
}

void WindowTruths::finish(DumpTruth& truth) {
    close_window();
    truth.windows = std::move(windows_);
    truth.distinct = count_bits(seen_in_dump_);
}

std::string truth_csv(const DumpTruth& truth) {
    std::string text = "window_start,records,distinct\n";
    for (const WindowTruth& window : truth.windows) {
        fmt::format_to(std::back_inserter(text), "{},{},{}\n", iso8601(window.start),
                       window.records, window.distinct);
    }
    return text;
}

std::string totals_json(const DumpTruth& truth) {
    std::string rejects;
    for (std::size_t reason = 0; reason < kRejectReasons; ++reason) {
        fmt::format_to(std::back_inserter(rejects), "{}\n    \"{}\": {}", reason == 0 ? "" : ",",
                       kRejectReasonNames[reason], truth.rejects[reason]);
    }
    return fmt::format(
        "{{\n  \"schema_version\": 1,\n  \"bytes\": {},\n  \"lines\": {},\n  \"records\": {},\n"
        "  \"blank\": {},\n  \"anonymous\": {},\n  \"rejects\": {{{}\n  }},\n  \"distinct\": {},\n"
        "  \"late\": {}\n}}\n",
        truth.bytes, truth.lines, truth.records, truth.blank, truth.anonymous, rejects,
        truth.distinct, truth.late);
}

}  // namespace stream_analyzer
