#include "record/record_reader.hpp"

namespace stream_analyzer {

Verdict RecordReader::judge(std::string_view line, const ScannedLine& scanned) {
    if (line.size() > max_line_bytes_) {
        return {.kind = LineKind::reject, .reason = RejectReason::line_too_long};
    }
    switch (scanned.shape) {
        case LineShape::good:
            return interpreter_.interpret(scanned.tokens, scanner_.may_have_escapes());
        case LineShape::blank:
            return {.kind = LineKind::blank};
        case LineShape::odd:
            break;
    }
    return judge_slowly(line);
}

Verdict RecordReader::judge_slowly(std::string_view line) {
    const auto reason = judge_line(line, plan_, rules_.check, odd_tokens_);
    if (reason) return {.kind = LineKind::reject, .reason = *reason};
    return interpreter_.interpret(odd_tokens_);
}

}  // namespace stream_analyzer
