#include "cli/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "cli/accuracy_command.hpp"
#include "cli/analyze_command.hpp"
#include "cli/export_command.hpp"
#include "cli/generate_command.hpp"
#include "cli/inspect_command.hpp"
#include "cli/merge_command.hpp"
#include "cli/message.hpp"
#include "cli/standard_output.hpp"
#include "cli/version.hpp"

namespace stream_analyzer {

namespace {

struct Command {
    std::string_view name;
    std::string_view summary;
    std::string (*help)();
    ExitCode (*run)(std::span<const std::string> arguments);
};

constexpr std::array kCommands{
    Command{"analyze", "count unique users per window, exactly and with sketches", analyze_help,
            run_analyze},
    Command{"accuracy", "say how large the errors of sketches are, in a dump and in trials",
            accuracy_help, run_accuracy},
    Command{"merge", "combine what analyze --save has stored", merge_help, run_merge},
    Command{"inspect", "show what is in a stored part", inspect_help, run_inspect},
    Command{"export", "write the sketches of a stored part for Redis, Spark and others",
            export_help, run_export},
    Command{"generate", "write a dump with known truth", generate_help, run_generate},
};

std::string overview() {
    std::string text =
        "Usage: stream-analyzer COMMAND [ARGUMENT...]\n\n"
        "Unique users per minute from dumps of event streams: exact counts, what\n"
        "sketches would have said, and what was not counted.\n\nCommands\n";
    for (const Command& command : kCommands) {
        text += fmt::format("  {:<10} {}\n", command.name, command.summary);
    }
    return text +
           "\nExamples\n"
           "  stream-analyzer analyze events.jsonl\n"
           "  stream-analyzer accuracy --cardinality 45000\n"
           "  stream-analyzer generate --records 100000 -o events.jsonl\n"
           "\n`stream-analyzer COMMAND --help` explains a command, `stream-analyzer --version`\n"
           "names the version.\n";
}

const Command& command_named(std::string_view name) {
    const auto* const found = std::ranges::find(kCommands, name, &Command::name);
    if (found == kCommands.end()) {
        std::string names;
        for (const Command& command : kCommands) {
            names.append(names.empty() ? "" : ", ").append(command.name);
        }
        throw UsageError(fmt::format("no {} '{}'; the commands are {}",
                                     name.starts_with('-') ? "option" : "command", name, names));
    }
    return *found;
}

bool asks_for_help(const std::string& argument) {
    return argument == "--help" || argument == "-h";
}

}  // namespace

ExitCode run_command(std::span<const std::string> arguments) {
    if (arguments.empty()) {
        say_lines("no command\n\n" + overview());
        return ExitCode::usage;
    }
    const std::string& first = arguments.front();
    if (asks_for_help(first) || (first == "help" && arguments.size() == 1)) {
        return print_text(overview());
    }
    if (first == "--version") return print_text(version_text());
    if (first == "help") return print_text(command_named(arguments[1]).help());
    const Command& command = command_named(first);
    if (std::ranges::find(arguments, "--version") != arguments.end()) {
        return print_text(version_text());
    }
    if (std::ranges::any_of(arguments.subspan(1), asks_for_help)) return print_text(command.help());
    return command.run(arguments.subspan(1));
}

}  // namespace stream_analyzer
