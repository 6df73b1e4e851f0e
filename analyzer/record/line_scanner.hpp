// The fast scanner of lines, second half: from tokens to the wanted fields of each line.
#pragma once

#include <cstdint>
#include <span>

#include "record/field_plan.hpp"
#include "record/judge_line.hpp"
#include "record/line_batch.hpp"
#include "record/line_tokens.hpp"
#include "record/structure_kernel.hpp"

namespace stream_analyzer {

struct ScannedLine {
    LineShape shape = LineShape::odd;
    /// The line's line feed, or the chunk's end when the last line has none.
    const char* line_end = nullptr;
    /// One a slot of the plan, if the shape is good. Valid until the next line is scanned.
    std::span<const Token> tokens;
};

/// Walks over the lines of a chunk. One object a thread.
class LineScanner {
  public:
    /// `plan` must outlive the scanner.
    LineScanner(StructureKernel kernel, CheckLevel level, const FieldPlan& plan);

    /// Begins a chunk of lines. 64 bytes behind `end` must be readable (kChunkPadding_bytes); what
    /// they hold does not matter.
    void start(const char* begin, const char* end);

    [[nodiscard]] bool at_end() const { return line_begin_ == end_; }
    [[nodiscard]] const char* line_begin() const { return line_begin_; }

    /// False: there is no backslash in the last good line.
    [[nodiscard]] bool may_have_escapes() const { return has_backslash_; }

    /// Scans the next line (there must be one).
    ScannedLine next() {
        if (line_ == lines_.size() && !scan_run()) return skip_line();
        const auto [line_end, shape] = lines_[line_];
        ScannedLine line{shape, line_end, lines_.tokens_of(line_)};
        ++line_;
        if (!is_run_utf8_ && shape == LineShape::good && !is_utf8(line_begin_, line_end)) {
            line.shape = LineShape::odd;
        }
        line_begin_ = line_end + 1;
        return line;
    }

  private:
    [[nodiscard]] bool scan_run();
    [[nodiscard]] ScannedLine skip_line();
    [[nodiscard]] bool is_utf8(const char* begin, const char* end) const;

    IndexLines index_lines_;
    WalkLines walk_lines_;
    const FieldPlan* plan_;
    const char* line_begin_ = nullptr;
    const char* end_ = nullptr;

    TokenIndex index_;
    LineBatch lines_;             // of the run
    std::size_t line_ = 0;        // the next of them
    bool has_backslash_ = false;  // the run perhaps has
    bool is_run_utf8_ = true;
};

}  // namespace stream_analyzer
