#include "cli/typed_command.hpp"

#include "core/error.hpp"
#include "input/compression.hpp"
#include "record/reading_rules.hpp"

namespace stream_analyzer {

namespace {

constexpr std::string_view kWhere = "--where";

/// PATH=VALUE without the value if PATH is the id's; else as it is.
std::string without_id(const std::string& text, const FieldPath& id_field) {
    try {
        const WhereClause clause = WhereClause::parse(text);
        if (clause.path.keys != id_field.keys && clause.path.text != id_field.text) return text;
        return clause.path.text + (clause.equal ? "=" : "!=") + "(a user id)";
    } catch (const UsageError&) {
        return text;  // a value of another option
    }
}

}  // namespace

// shell_word guards a path against being taken for an option, which here it may well be.
std::string quoted_argument(const std::string& argument) {
    const bool is_option = argument.starts_with('-');
    if (!is_option) return shell_word(argument);
    const std::string guarded = shell_word("x" + argument);
    return guarded == "x" + argument ? argument : "'" + guarded.substr(2);
}

std::string typed_command(std::string_view command_name, std::span<const std::string> arguments,
                          const FieldPath& id_field) {
    const std::string joined = std::string(kWhere) + "=";
    std::string command = "stream-analyzer ";
    command += command_name;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string shown = arguments[i];
        if (shown.starts_with(joined)) {
            shown.replace(joined.size(), std::string::npos,
                          without_id(shown.substr(joined.size()), id_field));
        } else if (i > 0 && arguments[i - 1] == kWhere) {
            shown = without_id(shown, id_field);
        }
        command.append(" ").append(quoted_argument(shown));
    }
    return command;
}

}  // namespace stream_analyzer
