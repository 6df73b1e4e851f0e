#include "pipeline/part_head.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/size.hpp"

namespace stream_analyzer {

namespace {

const std::string kTimeUnit = "time-unit";
const std::string kAnyUnit = "auto";

std::string name_of(NullIdPolicy policy) {
    switch (policy) {
        case NullIdPolicy::skip:
            return "skip";
        case NullIdPolicy::count:
            return "count";
        case NullIdPolicy::reject:
            return "reject";
    }
    return "";
}

// Several conditions as they are typed: "a=b --where c!=d".
std::string where_text(const std::vector<WhereClause>& where) {
    std::string text;
    for (const WhereClause& clause : where) {
        text += fmt::format("{}{}{}{}", text.empty() ? "" : " --where ", clause.path.text,
                            clause.equal ? "=" : "!=", clause.value);
    }
    return text;
}

std::string time_text(const std::optional<EventTime>& time) {
    return time ? iso8601(*time) : "";
}

std::string& value_of(RunHead& head, const std::string& name) {
    const auto found =
        std::ranges::find(head.parameters, name, [](const auto& entry) { return entry.first; });
    if (found != head.parameters.end()) return found->second;
    return head.parameters.emplace_back(name, "").second;
}

}  // namespace

RunHead part_head(const AnalysisOptions& options, const ReadingRules& rules, bool has_times,
                  const std::string& program_version) {
    RunHead head;
    head.program_version = program_version;
    head.exact = options.exact;
    head.lengths = {options.window.label()};
    head.sketches = options.sketches;
    const bool is_unit_known = has_times || options.rules.time_unit.has_value();
    head.parameters = {
        {"window", options.window.label()},
        {"timezone", options.timezone},
        {"time-field", rules.time_field.text},
        {"id-field", rules.id_field.text},
        {kTimeUnit, is_unit_known ? std::string(name_of(*rules.time_unit)) : kAnyUnit},
        {"assume-timezone", rules.assume_timezone},
        {"null-id", name_of(rules.null_id)},
        {"where", where_text(rules.where)},
        {"since", time_text(rules.since)},
        {"until", time_text(rules.until)},
        {"check", rules.check == CheckLevel::full ? "full" : "structure"},
        {"max-line", format_size(options.input.max_line_bytes)},
        {"hash-seed", std::to_string(options.hash_seed)},
    };
    return head;
}

RunHead merged_head(const RunHead& one, const std::string& one_name, const RunHead& other,
                    const std::string& other_name) {
    RunHead merged = one;
    RunHead compared = other;
    std::string& merged_unit = value_of(merged, kTimeUnit);
    std::string& other_unit = value_of(compared, kTimeUnit);
    if (merged_unit == kAnyUnit) merged_unit = other_unit;
    if (other_unit == kAnyUnit) other_unit = merged_unit;
    if (const auto difference = difference_of(merged, compared)) {
        throw EnvironmentError(fmt::format("cannot merge {} with {}: they were counted with {}",
                                           one_name, other_name, *difference));
    }
    return merged;
}

RunAccount run_account(const RunSummary& summary, const std::vector<std::string>& ids) {
    RunAccount account;
    for (std::size_t i = 0; i < summary.files.size(); ++i) {
        const FileSummary& file = summary.files[i];
        SourceAccount& source = account.sources.emplace_back();
        source.id = ids[i];
        source.name = file.name;
        source.compression = file.compression;
        source.end_bytes = file.bytes;
        source.lines = file.lines;
        for (std::size_t reason = 0; reason < kRejectReasons; ++reason) {
            const std::optional<LinePlace>& first = file.first_rejects[reason];
            if (first) source.first_rejects[reason] = {first->offset_bytes, first->line};
        }
        source.out_of_order = file.order.out_of_order;
        source.largest_lateness = file.order.largest_lateness;
        source.error = file.error;
        source.grew = file.grew;
    }
    account.sort_sources();
    account.first_event_time = summary.first_event_time;
    account.last_event_time = summary.last_event_time;
    account.times_without_offset = summary.times_without_offset;
    account.time_unit_chosen = summary.time_unit_chosen;
    return account;
}

void fill_summary(const RunAccount& account, RunSummary& summary) {
    for (const SourceAccount& source : account.sources) {
        FileSummary& file = summary.files.emplace_back();
        file.name = source.name;
        file.compression = source.compression;
        file.bytes = source.end_bytes - source.begin_bytes;
        file.lines = source.lines;
        file.order = {source.out_of_order, source.largest_lateness};
        file.error = source.error;
        file.grew = source.grew;
        for (std::size_t reason = 0; reason < kRejectReasons; ++reason) {
            const auto& first = source.first_rejects[reason];
            if (first) {
                file.first_rejects[reason] = {source.name, first->offset_bytes, first->line};
            }
        }
    }
    add_up_files(summary);
    summary.first_event_time = account.first_event_time;
    summary.last_event_time = account.last_event_time;
    summary.times_without_offset = account.times_without_offset;
    summary.time_unit_chosen = account.time_unit_chosen;
}

}  // namespace stream_analyzer
