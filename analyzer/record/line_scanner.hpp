// The fast scanner of lines, second half: from tokens to the wanted fields of each line.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "record/field_plan.hpp"
#include "record/judge_line.hpp"
#include "record/line_batch.hpp"
#include "record/line_layout.hpp"
#include "record/line_skeletons.hpp"
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

/// Whether a shorter way is worth trying: dumps differ, and so do their parts.
class ShortCut {
  public:
    /// Asked once a run.
    [[nodiscard]] bool is_worth_trying() {
        if (runs_to_skip_ == 0) return true;
        --runs_to_skip_;
        return false;
    }
    /// Of the last try.
    void note(bool pays) {
        pays_ = pays;
        pause_ = pays || ++tries_ < kFirstTries ? 0 : std::min(2 * pause_ + 1, kLongestPause);
        runs_to_skip_ = pause_;
    }
    /// The last try did.
    [[nodiscard]] bool pays() const { return pays_; }

  private:
    // Without a pause, since there is much to learn at first.
    static constexpr std::size_t kFirstTries = 256;
    static constexpr std::size_t kLongestPause = 63;

    std::size_t tries_ = 0;
    std::size_t pause_ = 0;
    std::size_t runs_to_skip_ = 0;
    bool pays_ = false;
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
        ScannedLine line{lines_.shape(line_), lines_.line_end(line_), tokens_};
        if (line.shape == LineShape::good) {
            for (std::size_t slot = 0; slot < tokens_.size(); ++slot)
                tokens_[slot] = lines_.token(line_, slot);
            if (!is_run_utf8_ && !is_utf8(line_begin_, line.line_end)) line.shape = LineShape::odd;
        }
        pass(1);
        return line;
    }

    /// Lines that are scanned and not taken yet, as next() would give them: those of lines() from
    /// next_line() on. None where a line's UTF-8 is in doubt: next() looks at each.
    [[nodiscard]] const LineBatch& lines() const { return lines_; }
    [[nodiscard]] std::size_t next_line() const { return is_run_utf8_ ? line_ : lines_.size(); }
    /// Takes so many (at least 1) lines that are scanned.
    void pass(std::size_t lines) {
        line_ += lines;
        line_begin_ = lines_.line_end(line_ - 1) + 1;
    }

  private:
    [[nodiscard]] bool scan_run();
    [[nodiscard]] bool repeat_run();
    void walk_run(std::size_t tokens);
    void learn_layout();
    [[nodiscard]] ScannedLine skip_line();
    [[nodiscard]] bool is_utf8(const char* begin, const char* end) const;

    IndexLines index_lines_;
    WalkLines walk_lines_;
    RepeatLines repeat_lines_;
    MatchLines match_lines_;
    std::size_t fewest_matched_tokens_;
    const FieldPlan* plan_;
    const char* line_begin_ = nullptr;
    const char* end_ = nullptr;

    TokenIndex index_;
    LineBatch lines_;             // of the run
    LineTokens tokens_;           // of the last line
    std::size_t line_ = 0;        // the next of them
    bool has_backslash_ = false;  // the run perhaps has
    bool is_run_utf8_ = true;

    LineLayouts layouts_;
    ShortCut repeating_;
    LineSkeletons skeletons_;
    ShortCut matching_;
    std::size_t tokens_a_line_ = 0;  // of the last run
};

}  // namespace stream_analyzer
