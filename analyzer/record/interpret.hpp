// From the raw tokens of a well-formed line to a record, or to the reason why it is none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/event_time.hpp"
#include "record/field_path.hpp"
#include "record/field_plan.hpp"
#include "record/id_token.hpp"
#include "record/line_batch.hpp"
#include "record/line_tokens.hpp"
#include "record/reading_rules.hpp"
#include "record/reject.hpp"
#include "record/time_token.hpp"

namespace stream_analyzer {

/// What a line turned out to be.
enum class LineKind : std::uint8_t { record, blank, filtered, anonymous, reject };

struct Verdict {
    LineKind kind = LineKind::record;
    RejectReason reason{};  ///< kind == reject
    EventTime time{};       ///< kind == record, or anonymous
    /// kind == record: the unescaped UTF-8 of the id; empty text is an id. Points into the line or,
    /// when the id is spelled with escapes, into the interpreter's scratch (valid until the next
    /// call).
    std::string_view id{};
    bool id_is_in_scratch = false;
    bool without_offset = false;  ///< the time was an ISO 8601 text without an offset
};

/// Records in a row with the same time; none in a place where there is no such record.
struct RecordsOfOneTime {
    EventTime time{};
    bool without_offset = false;  ///< as in Verdict
    /// Of each record in turn, as in Verdict; they point into the lines, and the span is valid
    /// until the next call.
    std::span<const std::string_view> ids;
};

/// First the tokens of the wanted fields are checked in full: a bad number, literal or escape in
/// any of them makes the line "not JSON", as it would have in the walk over the line. (An earlier
/// duplicate, and a path that a literal root member goes before, is no wanted token.)
/// Then fields are judged in this order; the first that fails decides: --where, missing time,
/// missing id, wrong type / unparsable / out-of-range time, --since and --until, null id, type of
/// id, an id that no UTF-8 can say. With NullIdPolicy::count a null id is `anonymous` too: what
/// becomes of it is the caller's part. One object a thread.
class Interpreter {
  public:
    /// `rules.time_unit` must be set. Field 0 of the plan is the time, 1 the id, then the wheres.
    /// Both must outlive the interpreter. Throws UsageError for an unknown `rules.assume_timezone`.
    Interpreter(const ReadingRules& rules, const FieldPlan& plan);

    /// `tokens` as judge_line() or a kernel found them with the same plan; `may_have_escapes` is
    /// false only if there is no backslash in the line.
    [[nodiscard]] Verdict interpret(std::span<const Token> tokens, bool may_have_escapes = true) {
        // One object from here to the caller: a copy of what was just written piece by piece makes
        // the processor wait (measured: a tenth of a run over short lines).
        Verdict verdict;
        if (!interpret_plain(tokens, may_have_escapes, verdict)) interpret_in_full(tokens, verdict);
        return verdict;
    }

    /// The records among good lines from `first` on, as far as they need no closer look and have
    /// the time of the first: what interpret() makes of each, at less cost. Lines mostly come many
    /// to a second. `may_have_escapes` is false only if there is no backslash in these lines.
    [[nodiscard]] RecordsOfOneTime read_together(const LineBatch& lines, std::size_t first,
                                                 bool may_have_escapes);

  private:
    // Indices of the plan's fields.
    static constexpr std::size_t kTimeField = 0;
    static constexpr std::size_t kIdField = 1;
    static constexpr std::size_t kFirstWhere = 2;

    // Plain tokens need no check: they are read by rules that nothing malformed passes. False:
    // there is more to ask, and `verdict` is unspecified.
    [[nodiscard]] bool interpret_plain(std::span<const Token> tokens, bool may_have_escapes,
                                       Verdict& verdict) {
        if (!times_.read_plain(plan_->field(kTimeField, tokens), verdict.time,
                               verdict.without_offset) ||
            !read_plain_id(plan_->field(kIdField, tokens), verdict.id, may_have_escapes)) {
            return false;
        }
        if (has_where_ && !are_well_formed(tokens, kFirstWhere)) return false;
        if (!is_wanted(verdict.time) || (has_where_ && !is_in_population(tokens))) {
            verdict.kind = LineKind::filtered;
        }
        return true;
    }

    [[nodiscard]] bool is_wanted(EventTime time) const { return time >= since_ && time < until_; }

    static void reject(RejectReason reason, Verdict& verdict);
    void interpret_in_full(std::span<const Token> tokens, Verdict& verdict);
    /// The tokens of this field and all after it.
    [[nodiscard]] bool are_well_formed(std::span<const Token> tokens,
                                       std::size_t first_field) const;
    [[nodiscard]] bool is_in_population(std::span<const Token> tokens);
    [[nodiscard]] bool has_text(Token token, std::string_view value);
    void judge_id(Token token, Verdict& verdict);

    const ReadingRules* rules_;
    const FieldPlan* plan_;
    TimeReader times_;
    EventTime since_;
    EventTime until_;
    bool has_where_;
    std::string id_scratch_;
    std::string where_scratch_;
    std::array<std::string_view, 256> ids_;  // of read_together()
};

/// The fields a plan must have for these rules, in the order that Interpreter expects.
[[nodiscard]] std::vector<FieldPath> wanted_fields(const ReadingRules& rules);

}  // namespace stream_analyzer
