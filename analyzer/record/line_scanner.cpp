#include "record/line_scanner.hpp"

#include <simdjson.h>

#include <cstring>

#include "record/judge_line.hpp"
#include "record/line_notes.hpp"
#include "record/token_walk.hpp"

namespace stream_analyzer {

LineScanner::LineScanner(StructureKernel kernel, CheckLevel level, const FieldPlan& plan)
    : index_lines_(kernel.index_lines),
      walk_lines_(plan.is_flat() ? kernel.walk_lines : walk_lines<CheckLevel::structure>),
      plan_(&plan),
      lines_(plan.slots()),
      tokens_(plan.slots()) {
    if (level == CheckLevel::full) {
        index_lines_ = kernel.index_lines_in_full;
        walk_lines_ = walk_lines<CheckLevel::full>;
    }
}

void LineScanner::start(const char* begin, const char* end) {
    line_begin_ = begin;
    end_ = end;
    line_ = 0;
    lines_.start(begin);
}

bool LineScanner::scan_run() {
    const IndexedLines indexed = index_lines_(line_begin_, end_, index_);
    line_ = 0;
    lines_.start(line_begin_);
    has_backslash_ = indexed.has_backslash;
    if (indexed.tokens == 0) return false;
    LineNotes notes(line_begin_, index_, *plan_, has_backslash_, lines_);
    walk_lines_(notes, indexed.tokens);
    is_run_utf8_ = indexed.is_utf8 || is_utf8(line_begin_, lines_.line_end(lines_.size() - 1));
    return true;
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
