#include "pipeline/field_advice.hpp"

#include <fmt/format.h>

#include "core/grouped.hpp"
#include "core/printable.hpp"
#include "record/field_suggestions.hpp"

namespace stream_analyzer {

namespace {

std::string list_of(std::string_view heading, const std::vector<FieldSuggestion>& suggestions) {
    if (suggestions.empty()) return fmt::format("\n{}: none found", heading);
    std::string text = fmt::format("\n{}:", heading);
    for (const FieldSuggestion& suggestion : suggestions) {
        text += fmt::format("\n  {:<28} in {:.0f} % of the lines", printable(suggestion.path),
                            100 * suggestion.share_of_lines);
        if (!suggestion.example.empty())
            text += fmt::format(", for example {}", printable(suggestion.example));
    }
    return text;
}

std::optional<std::string> best_of(bool missing, const std::vector<FieldSuggestion>& suggestions) {
    if (!missing || suggestions.empty()) return std::nullopt;
    return suggestions.front().path;
}

}  // namespace

MissingFieldsError missing_fields_error(std::span<const std::string_view> lines,
                                        const ReadingRules& rules, MissingFields missing) {
    const FieldSuggestions suggestions = suggest_fields(lines);
    std::string absent;
    if (missing.time)
        absent += fmt::format("the time field \"{}\"", printable(rules.time_field.text));
    if (missing.time && missing.id) absent += " and ";
    if (missing.id) absent += fmt::format("the id field \"{}\"", printable(rules.id_field.text));
    std::string text = lines.size() == 1 ? fmt::format("the only valid line lacks {}", absent)
                                         : fmt::format("each of the first {} valid lines lacks {}",
                                                       grouped(lines.size()), absent);
    if (missing.time) text += list_of("Fields that look like times", suggestions.times);
    if (missing.id) text += list_of("Fields that look like user ids", suggestions.ids);
    MissingFieldsError error(text);
    const bool all_found =
        (!missing.time || !suggestions.times.empty()) && (!missing.id || !suggestions.ids.empty());
    if (all_found) {
        error.time_field = best_of(missing.time, suggestions.times);
        error.id_field = best_of(missing.id, suggestions.ids);
    }
    return error;
}

}  // namespace stream_analyzer
