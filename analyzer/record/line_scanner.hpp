// The fast scanner of lines, second half: from tokens to the wanted fields of each line.
#pragma once

#include <cstdint>
#include <string_view>

#include "record/field_plan.hpp"
#include "record/judge_line.hpp"
#include "record/line_tokens.hpp"
#include "record/structure_kernel.hpp"

namespace stream_analyzer {

/// good:  judge_line() at the scanner's level would accept it, and `tokens` holds the same.
/// blank: only space, tab and CR.
/// odd:   anything else. judge_line decides; it may still accept the line (a last line without line
///        feed, one of millions of tokens, more than 64 brackets open at once; at level `structure`
///        a backslash outside strings).
enum class LineShape : std::uint8_t { good, blank, odd };

struct ScannedLine {
    LineShape shape = LineShape::odd;
    /// The line's line feed, or the chunk's end when the last line has none.
    const char* line_end = nullptr;
};

/// Walks over the lines of a chunk. One object a thread.
class LineScanner {
  public:
    /// `plan` must outlive the scanner.
    LineScanner(StructureKernel kernel, CheckLevel level, const FieldPlan& plan)
        : kernel_(kernel), level_(level), plan_(&plan) {}

    /// Begins a chunk of lines. 64 bytes behind `end` must be readable (kChunkPadding_bytes); what
    /// they hold does not matter.
    void start(const char* begin, const char* end);

    [[nodiscard]] bool at_end() const { return line_begin_ == end_; }
    [[nodiscard]] const char* line_begin() const { return line_begin_; }

    /// False: there is no backslash in the last good line.
    [[nodiscard]] bool may_have_escapes() const { return has_backslash_; }

    /// Scans the next line (there must be one) and finds where it ends. `tokens` must have
    /// plan.slots() elements; they are valid when the shape is good.
    ScannedLine next(LineTokens& tokens);

  private:
    template <CheckLevel kLevel>
    [[nodiscard]] bool walk(LineTokens& tokens);
    [[nodiscard]] bool index_run();
    [[nodiscard]] ScannedLine skip_line();
    [[nodiscard]] bool is_utf8(const char* begin, const char* end) const;

    StructureKernel kernel_;
    CheckLevel level_;
    const FieldPlan* plan_;
    const char* line_begin_ = nullptr;
    const char* end_ = nullptr;

    TokenIndex index_;
    const char* run_ = nullptr;   // begin of the run of lines
    std::size_t token_ = 0;       // the next of the run's tokens
    std::size_t tokens_ = 0;      // in the run
    bool has_backslash_ = false;  // the run perhaps has
    bool is_run_utf8_ = true;
};

}  // namespace stream_analyzer
