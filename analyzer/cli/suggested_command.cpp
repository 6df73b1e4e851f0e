#include "cli/suggested_command.hpp"

#include <string_view>

#include "cli/typed_command.hpp"
#include "core/printable.hpp"
#include "input/compression.hpp"

namespace stream_analyzer {

namespace {

// Whether arguments[index] gives `option`, in one word with its value or in two.
std::size_t words_of_option(std::span<const std::string> arguments, std::size_t index,
                            std::string_view option) {
    if (arguments[index] == option) return index + 1 < arguments.size() ? 2 : 1;
    return arguments[index].starts_with(std::string(option) + "=") ? 1 : 0;
}

}  // namespace

std::string suggested_command(std::string_view command_name, std::span<const std::string> arguments,
                              const MissingFieldsError& error) {
    if (!error.time_field && !error.id_field) return {};
    std::string command = "stream-analyzer ";
    command += command_name;
    for (std::size_t i = 0; i < arguments.size();) {
        std::size_t skipped = error.time_field ? words_of_option(arguments, i, "--time-field") : 0;
        if (skipped == 0 && error.id_field) skipped = words_of_option(arguments, i, "--id-field");
        if (skipped == 0) command.append(" ").append(quoted_argument(arguments[i]));
        i += skipped == 0 ? 1 : skipped;
    }
    if (error.time_field) command.append(" --time-field ").append(shell_word(*error.time_field));
    if (error.id_field) command.append(" --id-field ").append(shell_word(*error.id_field));
    return is_printable(command) ? command : std::string();
}

}  // namespace stream_analyzer
