// A chunk of lines -> records and rejects: the fast kernel for good lines, the slow function for
// the rest, and one account of both.
#pragma once

#include <cstdint>
#include <string_view>

#include "input/chunk.hpp"
#include "record/field_plan.hpp"
#include "record/interpret.hpp"
#include "record/judge_line.hpp"
#include "record/line_counts.hpp"
#include "record/line_scanner.hpp"
#include "record/reading_rules.hpp"

namespace stream_analyzer {

/// A line that was not counted.
struct RejectedLine {
    std::uint64_t offset_bytes = 0;  ///< of its first byte in the source
    std::uint64_t line = 0;          ///< within the chunk, from 0
    RejectReason reason{};
    std::string_view text;  ///< its bytes (of an overlong line: the first of them); borrowed
};

/// One object a thread.
class RecordReader {
  public:
    /// `rules.time_unit` must be set; rules and plan must outlive the reader. Lines of more than
    /// `max_line_bytes` (without their line feed) are rejected.
    RecordReader(const ReadingRules& rules, const FieldPlan& plan, StructureKernel kernel,
                 std::size_t max_line_bytes)
        : rules_(rules),
          plan_(plan),
          scanner_(kernel, rules.check, plan),
          max_line_bytes_(max_line_bytes),
          interpreter_(rules, plan) {}

    /// Reads every line of the chunk, in order. `sink` gets
    ///   sink.take_records(const RecordsOfOneTime&)  or
    ///   sink.take_record(const Verdict&)     for each record
    ///   sink.take_anonymous(const Verdict&)  for each record without a user that is to be counted
    ///   sink.take_reject(const RejectedLine&)
    /// Returns the chunk's account: lines = records + blank + filtered + anonymous + rejects.
    template <typename Sink>
    [[nodiscard]] LineCounts read(const Chunk& chunk, Sink& sink);

  private:
    [[nodiscard]] Verdict judge(std::string_view line, const ScannedLine& scanned);
    [[nodiscard]] Verdict judge_slowly(std::string_view line);

    // False: a closer look is needed at the next line, or it is not scanned yet.
    template <typename Sink>
    [[nodiscard]] bool read_together(LineCounts& counts, Sink& sink);

    template <typename Sink>
    void book(const Verdict& verdict, RejectedLine place, LineCounts& counts, Sink& sink) const;

    const ReadingRules& rules_;
    const FieldPlan& plan_;
    LineScanner scanner_;
    std::size_t max_line_bytes_;
    Interpreter interpreter_;
    LineTokens odd_tokens_;
};

template <typename Sink>
LineCounts RecordReader::read(const Chunk& chunk, Sink& sink) {
    LineCounts counts;
    if (chunk.overlong_line_bytes != 0) {
        const Verdict verdict{.kind = LineKind::reject, .reason = RejectReason::line_too_long};
        book(verdict, {chunk.offset_bytes, 0, {}, chunk.bytes}, counts, sink);
        return counts;
    }
    const char* const begin = chunk.bytes.data();
    scanner_.start(begin, begin + chunk.bytes.size());
    while (!scanner_.at_end()) {
        if (read_together(counts, sink)) continue;
        const char* const line_begin = scanner_.line_begin();
        const ScannedLine scanned = scanner_.next();
        const std::string_view line(line_begin,
                                    static_cast<std::size_t>(scanned.line_end - line_begin));
        const std::uint64_t offset_bytes =
            chunk.offset_bytes + static_cast<std::uint64_t>(line_begin - begin);
        book(judge(line, scanned), {offset_bytes, counts.lines, {}, line}, counts, sink);
    }
    return counts;
}

template <typename Sink>
bool RecordReader::read_together(LineCounts& counts, Sink& sink) {
    const LineBatch& lines = scanner_.lines();
    if (lines.size() == 0 || lines.run_bytes() > max_line_bytes_) return false;
    const RecordsOfOneTime records =
        interpreter_.read_together(lines, scanner_.next_line(), scanner_.may_have_escapes());
    if (records.ids.empty()) return false;
    scanner_.pass(records.ids.size());
    counts.lines += records.ids.size();
    counts.records += records.ids.size();
    sink.take_records(records);
    return true;
}

template <typename Sink>
void RecordReader::book(const Verdict& verdict, RejectedLine place, LineCounts& counts,
                        Sink& sink) const {
    ++counts.lines;
    switch (verdict.kind) {
        case LineKind::record:
            ++counts.records;
            sink.take_record(verdict);
            return;
        case LineKind::anonymous:
            if (rules_.null_id != NullIdPolicy::count) {
                ++counts.anonymous;
                return;
            }
            ++counts.records;
            sink.take_anonymous(verdict);
            return;
        case LineKind::blank:
            ++counts.blank;
            return;
        case LineKind::filtered:
            ++counts.filtered;
            return;
        case LineKind::reject:
            ++counts.rejects[static_cast<std::size_t>(verdict.reason)];
            place.reason = verdict.reason;
            sink.take_reject(place);
            return;
    }
}

}  // namespace stream_analyzer
