#include "cli/inspect_command.hpp"

#include "cli/command_line.hpp"
#include "cli/shared_options.hpp"
#include "cli/standard_output.hpp"
#include "report/part_report.hpp"
#include "store/file_source.hpp"

namespace stream_analyzer {

namespace {

namespace po = boost::program_options;

constexpr std::array kFormats{std::pair{std::string_view("text"), false},
                              std::pair{std::string_view("json"), true}};

}  // namespace

std::string inspect_help() {
    return R"(Usage: stream-analyzer inspect PART... [options]

Shows what is in stored parts: how and of which inputs they were counted, and
how much they hold. Every byte is read and checked.

  PART                  what analyze --save or merge --save has written, or -
  --format FORMAT       text or json (default: text); JSON is an object a line
  --help, --version     this text; the versions in use

Exit codes
  0 sound   2 usage   3 a part is damaged or cannot be read

Examples
  stream-analyzer inspect monday.part
  stream-analyzer inspect *.part --format json
)";
}

ExitCode run_inspect(std::span<const std::string> arguments) {
    po::options_description known;
    known.add_options()("format", po::value<std::string>())("input",
                                                            po::value<std::vector<std::string>>());
    const po::variables_map given = read_command_line(arguments, known, "input");
    const std::vector<std::string> paths = parts_in(given);
    const auto format = text_of(given, "format");
    const bool as_json = format && choice_in("format", *format, kFormats);
    for (const std::string& path : paths) {
        RunReader part(open_file_source(path));
        const PartDescription description = describe_part(part);
        (void)print_text(as_json ? part_json(description) : part_text(description));
    }
    return ExitCode::done;
}

}  // namespace stream_analyzer
