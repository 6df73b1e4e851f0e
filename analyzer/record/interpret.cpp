#include "record/interpret.hpp"

#include <algorithm>

#include "record/id_token.hpp"
#include "record/json_string.hpp"
#include "record/token_check.hpp"

namespace stream_analyzer {

Interpreter::Interpreter(const ReadingRules& rules, const FieldPlan& plan)
    : rules_(&rules),
      plan_(&plan),
      times_(rules.time_unit.value(), rules.assume_timezone),
      since_(rules.since.value_or(EventTime::min())),
      until_(rules.until.value_or(EventTime::max())),
      has_where_(!rules.where.empty()) {}

RecordsOfOneTime Interpreter::read_together(const LineBatch& lines, std::size_t first,
                                            bool may_have_escapes) {
    RecordsOfOneTime records;
    if (has_where_ || first >= lines.size() || lines.shape(first) != LineShape::good)
        return records;
    // Which slot a field is in may differ from line to line, but hardly does.
    const std::size_t time_slot = plan_->only_slot(kTimeField);
    const std::size_t id_slot = plan_->only_slot(kIdField);
    if (time_slot == FieldPlan::kNoSlot || id_slot == FieldPlan::kNoSlot) return records;
    if (!times_.read_plain(lines.token(first, time_slot), records.time, records.without_offset) ||
        !is_wanted(records.time)) {
        return records;
    }
    const std::size_t end = std::min(lines.size(), first + ids_.size());
    std::size_t line = first;
    for (; line != end && lines.shape(line) == LineShape::good; ++line) {
        if (line != first && !times_.is_last(lines.token(line, time_slot))) break;
        std::string_view& id = ids_[line - first];
        if (!read_plain_id(lines.token(line, id_slot), id, may_have_escapes)) break;
    }
    records.ids = {ids_.data(), line - first};
    return records;
}

void Interpreter::reject(RejectReason reason, Verdict& verdict) {
    verdict = Verdict{};
    verdict.kind = LineKind::reject;
    verdict.reason = reason;
}

void Interpreter::interpret_in_full(std::span<const Token> tokens, Verdict& verdict) {
    verdict = Verdict{};
    if (!are_well_formed(tokens, kTimeField)) return reject(RejectReason::not_json, verdict);
    if (!is_in_population(tokens)) {
        verdict.kind = LineKind::filtered;
        return;
    }
    const Token time = plan_->field(kTimeField, tokens);
    const Token id = plan_->field(kIdField, tokens);
    if (time.empty()) return reject(RejectReason::missing_time, verdict);
    if (id.empty()) return reject(RejectReason::missing_id, verdict);

    if (!times_.read_plain(time, verdict.time, verdict.without_offset)) {
        const TimeReading reading = times_.read(time);
        if (reading.reject) return reject(*reading.reject, verdict);
        verdict.time = reading.time;
        verdict.without_offset = reading.without_offset;
    }
    if (!is_wanted(verdict.time)) {
        verdict.kind = LineKind::filtered;
        return;
    }
    judge_id(id, verdict);
}

bool Interpreter::are_well_formed(std::span<const Token> tokens, std::size_t first_field) const {
    const std::size_t fields = kFirstWhere + rules_->where.size();
    for (std::size_t field = first_field; field < fields; ++field) {
        if (!is_well_formed(plan_->field(field, tokens))) return false;
    }
    return true;
}

bool Interpreter::is_in_population(std::span<const Token> tokens) {
    for (std::size_t i = 0; i < rules_->where.size(); ++i) {
        const WhereClause& clause = rules_->where[i];
        const Token token = plan_->field(kFirstWhere + i, tokens);
        if (has_text(token, clause.value) != clause.equal) return false;
    }
    return true;
}

/// Objects, arrays and absent fields have no text, nor has a string that no UTF-8 can say.
bool Interpreter::has_text(Token token, std::string_view value) {
    if (token.empty() || token.front() == '{' || token.front() == '[') return false;
    if (token.front() != '"') return token == value;
    const std::string_view raw = token.substr(1, token.size() - 2);
    if (raw.find('\\') == std::string_view::npos) return raw == value;
    return unescape(raw, where_scratch_) == Unescaped::text && where_scratch_ == value;
}

void Interpreter::judge_id(Token token, Verdict& verdict) {
    const IdReading reading = read_id(token, id_scratch_);
    switch (reading.kind) {
        case IdKind::id:
            verdict.id = reading.id;
            verdict.id_is_in_scratch = reading.in_scratch;
            return;
        case IdKind::null:
            verdict.kind = LineKind::anonymous;
            if (rules_->null_id != NullIdPolicy::reject) return;
            break;
        case IdKind::wrong_type:
            break;
        case IdKind::not_utf8:
            return reject(RejectReason::invalid_utf8, verdict);
    }
    reject(RejectReason::wrong_type_of_id, verdict);
}

std::vector<FieldPath> wanted_fields(const ReadingRules& rules) {
    std::vector<FieldPath> fields{rules.time_field, rules.id_field};
    for (const WhereClause& clause : rules.where)
        fields.push_back(clause.path);
    return fields;
}

}  // namespace stream_analyzer
