#include "cli/export_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/command_line.hpp"
#include "cli/interrupt.hpp"
#include "cli/terminal.hpp"
#include "pipeline/export_parts.hpp"
#include "report/output_file.hpp"
#include "report/output_target.hpp"
#include "report/sketch_export.hpp"

namespace stream_analyzer {

namespace {

namespace po = boost::program_options;

enum class ExportFormat { json, redis };
constexpr std::array kFormats{std::pair{std::string_view("json"), ExportFormat::json},
                              std::pair{std::string_view("redis"), ExportFormat::redis}};

struct ExportRequest {
    ExportOptions options;
    ExportFormat format = ExportFormat::json;
    std::string key_prefix = "unique:";
    std::string output = "-";
};

void read_sketches(const po::variables_map& given, std::vector<SketchSpec>& sketches) {
    for (const std::string& text : texts_of(given, "sketch")) {
        const SketchSpec spec = parsed("sketch", text, parse_sketch_spec);
        if (spec.id_hash() == IdHash::own) {
            refuse_value("sketch", text,
                         "a sketch that another system reads: redis-hll or datasketches-hll:LGK");
        }
        if (std::ranges::count(sketches, spec) == 0) sketches.push_back(spec);
    }
    if (sketches.empty()) {
        throw UsageError("no sketch: say --sketch redis-hll or --sketch datasketches-hll:12");
    }
}

void read_parts(const po::variables_map& given, std::vector<std::string>& parts) {
    parts = texts_of(given, "input");
    if (parts.empty()) throw UsageError("no part: name files that analyze --save has written");
    if (std::ranges::count(parts, "-") > 1) {
        throw UsageError("standard input can be read once: - is given twice");
    }
    if (parts.size() > kMostExportedParts) {
        throw UsageError(
            fmt::format("{} parts are more than {}: make one of them first, with "
                        "`stream-analyzer merge ... --save FILE`",
                        parts.size(), kMostExportedParts));
    }
}

void read_format(const po::variables_map& given, ExportRequest& request) {
    if (const auto value = text_of(given, "format")) {
        request.format = choice_in("format", *value, kFormats);
    }
    const std::vector<SketchSpec>& sketches = request.options.sketches;
    const bool all_redis = std::ranges::all_of(sketches, [](const SketchSpec& spec) {
        return spec.family == SketchFamily::redis_hyperloglog;
    });
    if (request.format == ExportFormat::redis && !all_redis) {
        throw UsageError("--format redis writes --sketch redis-hll alone");
    }
    if (const auto value = text_of(given, "key-prefix")) {
        if (request.format != ExportFormat::redis) {
            throw UsageError("--key-prefix is that of --format redis");
        }
        request.key_prefix = *value;
    }
    if (const auto value = text_of(given, "output")) request.output = *value;
    if (request.format == ExportFormat::redis && request.output == "-" &&
        is_terminal(Stream::out)) {
        throw UsageError("--format redis is no text: send it into redis-cli --pipe or a file");
    }
}

ExportRequest parse_export_request(std::span<const std::string> arguments) {
    po::options_description known;
    auto add = known.add_options();
    for (const char* const name : {"format", "key-prefix", "output,o"})
        add(name, po::value<std::string>());
    for (const char* const name : {"sketch", "input"})
        add(name, po::value<std::vector<std::string>>());
    const po::variables_map given = read_command_line(arguments, known, "input");
    ExportRequest request;
    read_parts(given, request.options.parts);
    read_sketches(given, request.options.sketches);
    read_format(given, request);
    return request;
}

}  // namespace

std::string export_help() {
    return R"(Usage: stream-analyzer export PART... --sketch SPEC [options]

Writes the sketches of stored windows as other systems read them: history for a
Redis that counts with PFADD, or for tables of Spark and Druid. They merge there
with what is counted live, since ids are hashed as those systems hash them.

  PART                  what analyze --save or merge --save has written, or -;
                        several are united
  --sketch SPEC         redis-hll: the value of a key with PFADD and PFCOUNT
                        datasketches-hll:LGK: an HLL_8 sketch of Apache
                        DataSketches, LGK 4..21 (Spark's default is 12)
                        repeatable; of parts with --no-exact those that they
                        hold
  --format FORMAT       json: an object a line for each window and sketch, the
                        sketch in base64; redis: commands for redis-cli --pipe
                        (default: json)
  --key-prefix TEXT     of --format redis (default: unique:); a key is
                        unique:1m:2016-07-11T13:39:00Z
  -o, --output FILE     (default: standard output)
  --help, --version     this text; the versions in use

Exit codes
  0 done   2 usage   3 a part is damaged or does not fit, or writing failed
  130 interrupted

Examples
  stream-analyzer analyze monday.jsonl --window 1h --save monday.part
  stream-analyzer export monday.part --sketch redis-hll --format redis \
      | redis-cli --pipe
  stream-analyzer export *.part --sketch datasketches-hll:12 -o hours.jsonl
)";
}

ExitCode run_export(std::span<const std::string> arguments) {
    ExportRequest request = parse_export_request(arguments);
    const std::atomic<bool>& interrupted = watch_for_interrupts();
    request.options.interrupted = &interrupted;
    const std::vector<std::string> outputs{request.output};
    refuse_if_input(outputs, request.options.parts);
    OutputFile output(request.output, &interrupted);
    export_parts(request.options, [&](const ExportedWindow& window) {
        for (const Sketch& sketch : window.sketches) {
            const ExportedSketch exported{.window = window.length,
                                          .start = window.start,
                                          .distinct = window.distinct,
                                          .sketch = sketch};
            output.write(request.format == ExportFormat::json
                             ? export_json_line(exported)
                             : export_redis_command(exported, request.key_prefix));
        }
    });
    output.commit();
    return ExitCode::done;
}

}  // namespace stream_analyzer
