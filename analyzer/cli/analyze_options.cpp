// The command line of `analyze`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>

#include "cli/analyze_command.hpp"
#include "cli/command_line.hpp"
#include "cli/option_value.hpp"
#include "cli/reading_options.hpp"
#include "cli/shared_options.hpp"
#include "record/assumed_zone.hpp"

namespace stream_analyzer {

namespace {

namespace po = boost::program_options;

using Name = std::string_view;

constexpr std::array<std::pair<Name, std::optional<TimeUnit>>, 6> kTimeUnits{{
    {"auto", std::nullopt},
    {"s", TimeUnit::seconds},
    {"ms", TimeUnit::milliseconds},
    {"us", TimeUnit::microseconds},
    {"ns", TimeUnit::nanoseconds},
    {"iso8601", TimeUnit::iso8601},
}};
constexpr std::array kNullIdPolicies{std::pair{Name("skip"), NullIdPolicy::skip},
                                     std::pair{Name("count"), NullIdPolicy::count},
                                     std::pair{Name("reject"), NullIdPolicy::reject}};
constexpr std::array kCheckLevels{std::pair{Name("structure"), CheckLevel::structure},
                                  std::pair{Name("full"), CheckLevel::full}};
constexpr std::array kBackends{std::pair{Name("mmap"), IoBackend::mmap},
                               std::pair{Name("read"), IoBackend::read}};

po::options_description known_options() {
    po::options_description known;
    add_reading_options(known);
    add_output_options(known);
    auto add = known.add_options();
    add("rejects", po::value<std::string>());
    add("source-id", po::value<std::string>());
    add("sketch", po::value<std::vector<std::string>>());
    add("no-exact", po::bool_switch());
    return known;
}

void read_fields_and_times(const po::variables_map& given, ReadingRules& rules) {
    if (const auto value = text_of(given, "time-field")) {
        rules.time_field = parsed("time-field", *value, FieldPath::parse);
    }
    if (const auto value = text_of(given, "id-field")) {
        rules.id_field = parsed("id-field", *value, FieldPath::parse);
    }
    if (const auto value = text_of(given, "time-unit")) {
        rules.time_unit = choice_in("time-unit", *value, kTimeUnits);
    }
    if (const auto value = text_of(given, "assume-timezone")) {
        rules.assume_timezone = *value;
        (void)parsed("assume-timezone", *value,
                     [](const std::string& zone) { return AssumedZone(zone); });
    }
    if (const auto value = text_of(given, "null-id")) {
        rules.null_id = choice_in("null-id", *value, kNullIdPolicies);
    }
}

void read_population(const po::variables_map& given, ReadingRules& rules) {
    for (const std::string& clause : texts_of(given, "where")) {
        rules.where.push_back(parsed("where", clause, WhereClause::parse));
    }
    if (const auto value = text_of(given, "since")) rules.since = time_in("since", *value);
    if (const auto value = text_of(given, "until")) rules.until = time_in("until", *value);
    if (rules.since && rules.until && *rules.since >= *rules.until) {
        throw UsageError("--since is not before --until: nothing can be counted");
    }
}

void read_checks(const po::variables_map& given, AnalyzeRequest& request) {
    ReadingRules& rules = request.analysis.rules;
    if (const auto value = text_of(given, "check")) {
        rules.check = choice_in("check", *value, kCheckLevels);
    }
    if (const auto value = text_of(given, "max-line")) {
        request.analysis.input.max_line_bytes =
            size_in("max-line", *value, 1, std::uint64_t{1} << 40U);
    }
    if (const auto value = text_of(given, "max-rejects")) {
        request.reject_budget = RejectBudget::parse(*value);
    }
}

void read_windows(const po::variables_map& given, AnalysisOptions& analysis) {
    if (const auto value = text_of(given, "window")) {
        analysis.window = parsed("window", *value, WindowLength::parse);
        if (analysis.window.unit > WindowLength::Unit::day) {
            refuse_value("window", *value, "in seconds, minutes, hours or 1d; use --rollup");
        }
    }
    analysis.rollups = rollups_in(given);
    if (const auto value = text_of(given, "timezone")) analysis.timezone = *value;
}

void read_sketches(const po::variables_map& given, AnalysisOptions& analysis) {
    std::vector<std::string> specs = texts_of(given, "sketch");
    if (!specs.empty()) analysis.sketches.clear();
    if (std::ranges::count(specs, "none") > 0) {
        if (specs.size() > 1) throw UsageError("--sketch none stands alone, or not at all");
        specs.clear();
    }
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

std::optional<std::string> source_id_in(const po::variables_map& given) {
    auto value = text_of(given, "source-id");
    if (value && value->empty()) refuse_value("source-id", *value, "a name");
    if (value && !text_of(given, "save")) {
        throw UsageError("--source-id names inputs in a stored part: it needs --save");
    }
    return value;
}

void read_machine(const po::variables_map& given, AnalysisOptions& analysis) {
    analysis.threads = threads_in(given);
    if (const auto value = text_of(given, "hash-seed")) {
        analysis.hash_seed = number_in("hash-seed", *value, 0, UINT64_MAX);
    }
    if (const auto value = text_of(given, "limit")) {
        analysis.input.line_limit = number_in("limit", *value, 1, UINT64_MAX);
    }
    if (const auto value = text_of(given, "io")) {
        analysis.input.backend = choice_in("io", *value, kBackends);
    }
    read_memory(given, analysis.memory_bytes, analysis.spill_folder);
    if (const auto value = text_of(given, "chunk-size")) {
        analysis.input.chunk_bytes = size_in("chunk-size", *value, 1, std::uint64_t{1} << 30U);
    }
}

}  // namespace

void add_reading_options(po::options_description& known) {
    auto add = known.add_options();
    for (const char* const name :
         {"files-from", "time-field", "id-field", "time-unit", "assume-timezone", "null-id",
          "since", "until", "window", "timezone", "max-rejects", "check", "max-line", "limit", "io",
          "chunk-size", "hash-seed"}) {
        add(name, po::value<std::string>());
    }
    for (const char* const name : {"where", "input"}) {
        add(name, po::value<std::vector<std::string>>());
    }
    add_counting_options(known);
}

AnalyzeRequest read_reading_options(const po::variables_map& given) {
    AnalyzeRequest request;
    request.input_arguments = texts_of(given, "input");
    request.files_from = path_of(given, "files-from");
    read_fields_and_times(given, request.analysis.rules);
    read_population(given, request.analysis.rules);
    read_checks(given, request);
    read_windows(given, request.analysis);
    read_machine(given, request.analysis);
    request.outputs.quiet = given["quiet"].as<bool>();
    return request;
}

AnalyzeRequest parse_analyze_request(std::span<const std::string> arguments) {
    const po::variables_map given = read_command_line(arguments, known_options(), "input");
    AnalyzeRequest request = read_reading_options(given);
    if (request.input_arguments.empty() && !request.files_from) {
        throw UsageError("no input: name files or directories, or - for standard input");
    }
    read_sketches(given, request.analysis);
    request.outputs = outputs_in(given);
    request.outputs.rejects_path = path_of(given, "rejects");
    request.analysis.source_id = source_id_in(given);
    return request;
}

}  // namespace stream_analyzer
