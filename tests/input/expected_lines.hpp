// What a reader of chunks must have seen of a text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catch2.hpp"
#include "collected_lines.hpp"

namespace stream_analyzer::testing {

/// The lines of `text` found in the simplest way.
inline std::vector<SeenLine> expected_lines(const std::string& text, std::size_t source = 0) {
    const std::string mark = "\xEF\xBB\xBF";
    const std::size_t begin = text.starts_with(mark) ? mark.size() : 0;
    Chunk whole;
    whole.source = source;
    whole.offset_bytes = begin;
    whole.bytes = std::string_view(text).substr(begin);
    return lines_of(whole);
}

/// Lines of different lengths, some with CRLF.
inline std::string numbered_lines(std::size_t count, std::size_t longest) {
    std::string text;
    std::uint64_t state = 1;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        text += std::to_string(i) + ":";
        text.append((state >> 33U) % longest, static_cast<char>('a' + i % 26));
        text += i % 7 == 0 ? "\r\n" : "\n";
    }
    return text;
}

inline const std::string kSame;

/// Where two lists of lines begin to differ, for people; kSame when they do not. Of lines that are
/// longer than `longest` only so many first bytes are compared: a reader may get no more of them.
inline std::string difference(const std::vector<SeenLine>& seen,
                              const std::vector<SeenLine>& expected, std::size_t longest) {
    if (seen.size() != expected.size()) {
        return std::to_string(seen.size()) + " lines, not " + std::to_string(expected.size());
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
        SeenLine a = seen[i];
        SeenLine b = expected[i];
        if (b.length > longest) {
            a.beginning.resize(std::min(a.beginning.size(), longest));
            b.beginning.resize(std::min(b.beginning.size(), longest));
        }
        if (a != b) {
            return "line " + std::to_string(i) + ": offset " + std::to_string(a.offset) +
                   ", length " + std::to_string(a.length) + " '" + a.beginning.substr(0, 30) +
                   "', not " + std::to_string(b.offset) + ", " + std::to_string(b.length) + " '" +
                   b.beginning + "'";
        }
    }
    return {};
}

inline constexpr std::size_t kAny = 1U << 30U;

/// Requires that one healthy source was read whole.
inline void check_whole(const Collected& seen, const std::string& text,
                        std::size_t longest = kAny) {
    REQUIRE(difference(seen.lines, expected_lines(text), longest) == kSame);
    REQUIRE(seen.last_chunks == std::vector<std::size_t>{1});
    REQUIRE(seen.reports.size() == 1);
    CHECK_FALSE(seen.reports[0].error);
    CHECK_FALSE(seen.reports[0].grew);
    CHECK(seen.reports[0].bytes == text.size());
}

}  // namespace stream_analyzer::testing
