// The command line of `analyze`.
#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <thread>

#include "cli/analyze_command.hpp"
#include "cli/option_value.hpp"
#include "record/assumed_zone.hpp"

namespace stream_analyzer {

namespace {

namespace po = boost::program_options;

constexpr unsigned kMostThreads = 1024;

po::options_description known_options() {
    po::options_description known;
    auto add = known.add_options();
    for (const char* const name :
         {"files-from", "time-field", "id-field",    "time-unit", "assume-timezone", "null-id",
          "since",      "until",      "window",      "timezone",  "format",          "layout",
          "summary",    "rejects",    "max-rejects", "check",     "max-line",        "threads",
          "limit",      "io",         "chunk-size",  "hash-seed"}) {
        add(name, po::value<std::string>());
    }
    for (const char* const name : {"where", "rollup", "sketch", "output,o", "input"}) {
        add(name, po::value<std::vector<std::string>>());
    }
    add("no-exact", po::bool_switch());
    add("quiet,q", po::bool_switch());
    return known;
}

po::variables_map read_arguments(std::span<const std::string> arguments) {
    po::variables_map given;
    const po::options_description known = known_options();
    po::positional_options_description inputs;
    inputs.add("input", -1);
    try {
        po::store(
            po::command_line_parser({arguments.begin(), arguments.end()})
                .options(known)
                .positional(inputs)
                .style(po::command_line_style::unix_style & ~po::command_line_style::allow_guessing)
                .run(),
            given);
    } catch (const po::error& error) {
        throw UsageError(error.what());
    }
    return given;
}

// What `parse` makes of the value; its refusal then names the option.
template <typename Parse>
auto parsed(const char* option, const std::string& value, Parse parse) {
    try {
        return parse(value);
    } catch (const UsageError& error) {
        throw UsageError(fmt::format("--{} '{}': {}", option, value, error.what()));
    }
}

std::optional<std::string> text(const po::variables_map& given, const char* option) {
    if (given.count(option) == 0) return std::nullopt;
    return given[option].as<std::string>();
}

std::vector<std::string> texts(const po::variables_map& given, const char* option) {
    if (given.count(option) == 0) return {};
    return given[option].as<std::vector<std::string>>();
}

void read_fields_and_times(const po::variables_map& given, ReadingRules& rules) {
    if (const auto value = text(given, "time-field")) {
        rules.time_field = parsed("time-field", *value, FieldPath::parse);
    }
    if (const auto value = text(given, "id-field")) {
        rules.id_field = parsed("id-field", *value, FieldPath::parse);
    }
    if (const auto value = text(given, "time-unit"); value && *value != "auto") {
        rules.time_unit = parse_time_unit(*value);
        if (!rules.time_unit) {
            refuse_value("time-unit", *value, "one of auto, s, ms, us, ns, iso8601");
        }
    }
    if (const auto value = text(given, "assume-timezone")) {
        rules.assume_timezone = *value;
        (void)parsed("assume-timezone", *value,
                     [](const std::string& zone) { return AssumedZone(zone); });
    }
    if (const auto value = text(given, "null-id")) {
        if (*value == "skip") {
            rules.null_id = NullIdPolicy::skip;
        } else if (*value == "count") {
            rules.null_id = NullIdPolicy::count;
        } else if (*value == "reject") {
            rules.null_id = NullIdPolicy::reject;
        } else {
            refuse_value("null-id", *value, "one of skip, count, reject");
        }
    }
}

void read_population(const po::variables_map& given, ReadingRules& rules) {
    for (const std::string& clause : texts(given, "where")) {
        rules.where.push_back(parsed("where", clause, WhereClause::parse));
    }
    if (const auto value = text(given, "since")) rules.since = time_in("since", *value);
    if (const auto value = text(given, "until")) rules.until = time_in("until", *value);
    if (rules.since && rules.until && *rules.since >= *rules.until) {
        throw UsageError("--since is not before --until: nothing can be counted");
    }
}

void read_checks(const po::variables_map& given, AnalyzeRequest& request) {
    ReadingRules& rules = request.analysis.rules;
    if (const auto value = text(given, "check")) {
        if (*value != "structure" && *value != "full") {
            refuse_value("check", *value, "structure or full");
        }
        rules.check = *value == "full" ? CheckLevel::full : CheckLevel::structure;
    }
    if (const auto value = text(given, "max-line")) {
        rules.max_line_bytes = size_in("max-line", *value, 1, std::uint64_t{1} << 40U);
    }
    request.analysis.input.max_line_bytes = rules.max_line_bytes;
    if (const auto value = text(given, "max-rejects")) {
        request.reject_budget = RejectBudget::parse(*value);
    }
}

void read_windows_and_sketches(const po::variables_map& given, AnalysisOptions& analysis) {
    if (const auto value = text(given, "window")) {
        analysis.window = WindowLength::parse(*value, "--window");
        if (analysis.window.unit > WindowLength::Unit::day) {
            refuse_value("window", *value, "in seconds, minutes, hours or 1d; use --rollup");
        }
    }
    for (const std::string& value : texts(given, "rollup")) {
        analysis.rollups.push_back(WindowLength::parse(value, "--rollup"));
        if (std::ranges::count(analysis.rollups, analysis.rollups.back()) > 1) {
            throw UsageError(fmt::format("--rollup {} is given twice", value));
        }
    }
    if (const auto value = text(given, "timezone")) analysis.timezone = *value;
    std::vector<std::string> specs = texts(given, "sketch");
    if (!specs.empty()) analysis.sketches.clear();
    if (specs == std::vector<std::string>{"none"}) specs.clear();
    for (const std::string& spec : specs) {
        analysis.sketches.push_back(parsed("sketch", spec, parse_sketch_spec));
        if (std::ranges::count(analysis.sketches, analysis.sketches.back()) > 1) {
            throw UsageError(fmt::format("--sketch {} is given twice", spec));
        }
    }
    analysis.exact = !given["no-exact"].as<bool>();
    if (!analysis.exact && analysis.sketches.empty()) {
        throw UsageError("--no-exact and --sketch none leave nothing to count");
    }
}

void read_machine(const po::variables_map& given, AnalysisOptions& analysis) {
    analysis.threads = std::max(1U, std::thread::hardware_concurrency());
    if (const auto value = text(given, "threads")) {
        analysis.threads = static_cast<unsigned>(number_in("threads", *value, 1, kMostThreads));
    }
    if (const auto value = text(given, "hash-seed")) {
        analysis.hash_seed = number_in("hash-seed", *value, 0, UINT64_MAX);
    }
    if (const auto value = text(given, "limit")) {
        analysis.input.line_limit = number_in("limit", *value, 1, UINT64_MAX);
    }
    if (const auto value = text(given, "io")) {
        if (*value != "mmap" && *value != "read") refuse_value("io", *value, "mmap or read");
        analysis.input.backend = *value == "mmap" ? IoBackend::mmap : IoBackend::read;
    }
    if (const auto value = text(given, "chunk-size")) {
        analysis.input.chunk_bytes = size_in("chunk-size", *value, 1, std::uint64_t{1} << 30U);
    }
}

void read_outputs(const po::variables_map& given, AnalyzeRequest& request) {
    request.output_paths = texts(given, "output");
    if (const auto value = text(given, "layout")) {
        if (*value != "long" && *value != "wide") refuse_value("layout", *value, "long or wide");
        request.wide_layout = *value == "wide";
    }
    if (const auto value = text(given, "format")) {
        request.stdout_format = parse_comparison_format(*value);
        if (!request.stdout_format) refuse_value("format", *value, "one of table, csv, json, md");
    }
    request.summary_path = text(given, "summary");
    request.rejects_path = text(given, "rejects");
    request.quiet = given["quiet"].as<bool>();
}

}  // namespace

AnalyzeRequest parse_analyze_request(std::span<const std::string> arguments) {
    const po::variables_map given = read_arguments(arguments);
    AnalyzeRequest request;
    request.input_arguments = texts(given, "input");
    request.files_from = text(given, "files-from");
    if (request.input_arguments.empty() && !request.files_from) {
        throw UsageError("no input: name files or directories, or - for standard input");
    }
    read_fields_and_times(given, request.analysis.rules);
    read_population(given, request.analysis.rules);
    read_checks(given, request);
    read_windows_and_sketches(given, request.analysis);
    read_machine(given, request.analysis);
    read_outputs(given, request);
    return request;
}

}  // namespace stream_analyzer
