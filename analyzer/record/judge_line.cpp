#include "record/judge_line.hpp"

#include <algorithm>

#include "record/json_grammar.hpp"
#include "record/line_walker.hpp"

namespace stream_analyzer {

std::optional<RejectReason> judge_line(std::string_view line, const FieldPlan& plan,
                                       CheckLevel level, LineTokens& tokens) {
    tokens.assign(plan.slots(), Token{});
    return LineWalker(line, plan, level, tokens).walk();
}

bool is_blank(std::string_view line) {
    return std::all_of(line.begin(), line.end(), is_blank_byte);
}

}  // namespace stream_analyzer
