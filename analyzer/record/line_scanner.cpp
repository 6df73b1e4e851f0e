#include "record/line_scanner.hpp"

#include <simdjson.h>

#include <cstring>

#include "record/judge_line.hpp"
#include "record/token_walk.hpp"

namespace stream_analyzer {

void LineScanner::start(const char* begin, const char* end) {
    line_begin_ = begin;
    end_ = end;
    token_ = tokens_ = 0;
}

ScannedLine LineScanner::next(LineTokens& tokens) {
    if (token_ == tokens_ && !index_run()) return skip_line();
    LineShape shape = LineShape::blank;
    if (index_.bytes[token_] == '\n') {
        ++token_;
    } else {
        const bool good = level_ == CheckLevel::full ? walk<CheckLevel::full>(tokens)
                                                     : walk<CheckLevel::structure>(tokens);
        shape = good ? LineShape::good : LineShape::odd;
        // The walk may have stopped anywhere, but not behind the line feed.
        while (index_.bytes[token_ - 1] != '\n') {
            ++token_;
        }
    }
    const char* const line_end = run_ + index_.offsets[token_ - 1];
    if (!is_run_utf8_ && shape == LineShape::good && !is_utf8(line_begin_, line_end)) {
        shape = LineShape::odd;
    }
    line_begin_ = line_end + 1;
    return {shape, line_end};
}

template <CheckLevel kLevel>
bool LineScanner::walk(LineTokens& tokens) {
    TokenWalk<kLevel> walk(run_, index_, token_, *plan_, has_backslash_, tokens);
    const bool good = walk.root();
    token_ = walk.token();
    return good;
}

bool LineScanner::index_run() {
    const IndexLines index_lines =
        level_ == CheckLevel::full ? kernel_.index_lines_in_full : kernel_.index_lines;
    const IndexedLines indexed = index_lines(line_begin_, end_, index_);
    run_ = line_begin_;
    token_ = 0;
    tokens_ = indexed.tokens;
    has_backslash_ = indexed.has_backslash;
    if (tokens_ == 0) return false;
    is_run_utf8_ = indexed.is_utf8 || is_utf8(run_, run_ + index_.offsets[tokens_ - 1]);
    return true;
}

ScannedLine LineScanner::skip_line() {
    const auto* line_feed = static_cast<const char*>(
        std::memchr(line_begin_, '\n', static_cast<std::size_t>(end_ - line_begin_)));
    const char* const line_end = line_feed != nullptr ? line_feed : end_;
    const bool blank = is_blank({line_begin_, static_cast<std::size_t>(line_end - line_begin_)});
    line_begin_ = line_feed != nullptr ? line_feed + 1 : end_;
    return {blank ? LineShape::blank : LineShape::odd, line_end};
}

bool LineScanner::is_utf8(const char* begin, const char* end) const {
    return simdjson::validate_utf8(begin, static_cast<std::size_t>(end - begin));
}

}  // namespace stream_analyzer
