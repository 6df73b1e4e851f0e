#include "short_cut_check.hpp"

#include <algorithm>
#include <cstddef>

#include "record/field_plan.hpp"
#include "record/interpret.hpp"
#include "record/judge_line.hpp"
#include "record/line_batch.hpp"
#include "record/line_layout.hpp"
#include "record/line_notes.hpp"
#include "record/line_skeletons.hpp"
#include "record/token_walk.hpp"
#include "require.hpp"

namespace stream_analyzer::fuzz {

namespace {

// Good lines of a batch are good, with these tokens. Returns where the batch ends.
const char* check_lines(const LineBatch& lines, const char* begin, const FieldPlan& plan,
                        CheckLevel level) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line(begin, lines.line_end(i));
        begin = lines.line_end(i) + 1;
        if (lines.shape(i) != LineShape::good) continue;
        LineTokens tokens;
        // What is not UTF-8 is seen to by who asks for the lines.
        const auto reason = judge_line(line, plan, level, tokens);
        if (reason == RejectReason::invalid_utf8) continue;
        require(!reason, "a line that a short cut calls good is good");
        for (std::size_t slot = 0; slot < lines.slots(); ++slot)
            require(lines.token(i, slot) == tokens[slot], "a short cut finds the same tokens");
    }
    return begin;
}

// Line after line, each either a repeated one or one to learn from.
void check_layouts(const StructureKernel& kernel, CheckLevel level, std::string_view dump,
                   const FieldPlan& plan) {
    const char* at = dump.data();
    const char* const end = at + dump.size();
    LineLayouts layouts;
    LineBatch lines(plan.slots());
    while (at != end) {
        lines.start(at);
        if (!layouts.is_empty() && kernel.repeat_lines(at, end, layouts, lines) != 0) {
            at = check_lines(lines, at, plan, level);
            continue;
        }
        TokenIndex index;
        const bool full = level == CheckLevel::full;
        const IndexedLines indexed =
            (full ? kernel.index_lines_in_full : kernel.index_lines)(at, end, 1, index);
        if (indexed.tokens != 0) {
            LineNotes notes(at, index, plan, indexed.has_backslash, lines);
            (full ? walk_lines<CheckLevel::full>
                  : walk_lines<CheckLevel::structure>)(notes, indexed.tokens);
            if (indexed.is_utf8) layouts.learn(at, index, lines);
        }
        at = std::min(std::find(at, end, '\n') + 1, end);
    }
}

void check_skeletons(const StructureKernel& kernel, std::string_view dump, const FieldPlan& plan) {
    LineSkeletons skeletons;
    for (int pass = 0; pass < 3; ++pass) {
        TokenIndex index;
        const IndexedLines indexed =
            kernel.index_lines(dump.data(), dump.data() + dump.size(), kRun_bytes, index);
        if (indexed.tokens == 0) return;
        LineBatch lines(plan.slots());
        lines.start(dump.data());
        LineNotes notes(dump.data(), index, plan, indexed.has_backslash, lines);
        (void)kernel.match_lines(notes, indexed.tokens, skeletons);
        (void)check_lines(lines, dump.data(), plan, CheckLevel::structure);
    }
}

}  // namespace

void check_short_cuts(std::string_view dump, const ReadingRules& rules) {
    const FieldPlan plan(wanted_fields(rules));
    if (dump.empty() || plan.slots() > FieldPlan::kMostFlat) return;
    for (const StructureKernel& kernel : structure_kernels()) {
        for (const CheckLevel level : {CheckLevel::structure, CheckLevel::full})
            check_layouts(kernel, level, dump, plan);
        if (kernel.match_lines != nullptr) check_skeletons(kernel, dump, plan);
    }
}

}  // namespace stream_analyzer::fuzz
