#include "record/line_scanner.hpp"

#include <simdjson.h>

#include <cstring>

#include "record/judge_line.hpp"
#include "record/line_notes.hpp"
#include "record/token_walk.hpp"

namespace stream_analyzer {

namespace {

// Behind lines that repeat a layout: mostly one line is odd, and the next ones repeat it again.
constexpr std::ptrdiff_t kRunBetweenRepeated_bytes = 1024;

// Of fewer it is not much that is spared: what is scanned in between is some twenty short lines.
constexpr std::size_t kFewRepeated = 16;

// Lines of fewer tokens are walked over for less: 64 tokens at a time, or one by one (measured on
// lines of 8 to 58 tokens: equal at 38 and at 18).
constexpr std::size_t kFewTokensOfFlat = 40;
constexpr std::size_t kFewTokens = 18;

}  // namespace

LineScanner::LineScanner(StructureKernel kernel, CheckLevel level, const FieldPlan& plan)
    : index_lines_(kernel.index_lines),
      walk_lines_(plan.is_flat() ? kernel.walk_lines : walk_lines<CheckLevel::structure>),
      repeat_lines_(kernel.repeat_lines),
      match_lines_(kernel.match_lines),
      fewest_matched_tokens_(plan.is_flat() ? kFewTokensOfFlat : kFewTokens),
      plan_(&plan),
      lines_(plan.slots()),
      tokens_(plan.slots()) {
    if (level == CheckLevel::full) {
        index_lines_ = kernel.index_lines_in_full;
        walk_lines_ = walk_lines<CheckLevel::full>;
        match_lines_ = nullptr;
    }
    if (plan.slots() > FieldPlan::kMostFlat) {
        repeat_lines_ = nullptr;
        match_lines_ = nullptr;
    }
}

void LineScanner::start(const char* begin, const char* end) {
    line_begin_ = begin;
    end_ = end;
    line_ = 0;
    lines_.start(begin);
}

bool LineScanner::scan_run() {
    line_ = 0;
    lines_.start(line_begin_);
    if (repeat_run()) return true;
    const std::ptrdiff_t run_bytes = repeating_.pays() ? kRunBetweenRepeated_bytes : kRun_bytes;
    const IndexedLines indexed = index_lines_(line_begin_, end_, run_bytes, index_);
    has_backslash_ = indexed.has_backslash;
    if (indexed.tokens == 0) return false;
    walk_run(indexed.tokens);
    is_run_utf8_ = indexed.is_utf8 || is_utf8(line_begin_, lines_.line_end(lines_.size() - 1));
    learn_layout();
    return true;
}

bool LineScanner::repeat_run() {
    if (layouts_.is_empty() || !repeating_.is_worth_trying()) return false;
    const std::size_t lines = repeat_lines_(line_begin_, end_, layouts_, lines_);
    repeating_.note(lines >= kFewRepeated);
    has_backslash_ = false;
    is_run_utf8_ = true;
    return lines != 0;
}

void LineScanner::walk_run(std::size_t tokens) {
    LineNotes notes(line_begin_, index_, *plan_, has_backslash_, lines_);
    if (match_lines_ == nullptr || tokens_a_line_ < fewest_matched_tokens_ ||
        !matching_.is_worth_trying()) {
        walk_lines_(notes, tokens);
    } else {
        const std::size_t matched = match_lines_(notes, tokens, skeletons_);
        matching_.note(matched * 2 > lines_.size());
    }
    tokens_a_line_ = tokens / lines_.size();
}

/// The first line of the run is one that no layout fits, if it was tried.
void LineScanner::learn_layout() {
    if (repeat_lines_ == nullptr || !is_run_utf8_) return;
    layouts_.learn(line_begin_, index_, lines_);
}

ScannedLine LineScanner::skip_line() {
    const auto* line_feed = static_cast<const char*>(
        std::memchr(line_begin_, '\n', static_cast<std::size_t>(end_ - line_begin_)));
    const char* const line_end = line_feed != nullptr ? line_feed : end_;
    const bool blank = is_blank({line_begin_, static_cast<std::size_t>(line_end - line_begin_)});
    line_begin_ = line_feed != nullptr ? line_feed + 1 : end_;
    return {blank ? LineShape::blank : LineShape::odd, line_end, {}};
}

bool LineScanner::is_utf8(const char* begin, const char* end) const {
    return simdjson::validate_utf8(begin, static_cast<std::size_t>(end - begin));
}

}  // namespace stream_analyzer
