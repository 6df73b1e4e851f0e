// The command line of `accuracy`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>

#include "cli/accuracy_command.hpp"
#include "cli/command_line.hpp"
#include "cli/number_list.hpp"
#include "cli/option_value.hpp"
#include "cli/reading_options.hpp"
#include "core/size.hpp"
#include "sketch/linear_counting.hpp"
#include "sketch/sketch_grid.hpp"

namespace stream_analyzer {

namespace {

namespace po = boost::program_options;

constexpr std::uint64_t kMostTrials = 10'000'000;
constexpr std::uint64_t kLargestCardinality = 10'000'000'000;

/// Every error of every trial is kept for the quantiles: 8 bytes each, 1.6 GB.
constexpr std::uint64_t kMostErrors = 200'000'000;

/// Of those that add_reading_options declares.
constexpr std::array kDumpOptions{"time-field", "id-field", "time-unit",  "assume-timezone",
                                  "null-id",    "since",    "until",      "where",
                                  "window",     "timezone", "check",      "max-line",
                                  "limit",      "io",       "chunk-size", "hash-seed"};

po::options_description known_options() {
    po::options_description known;
    add_reading_options(known);
    auto add = known.add_options();
    for (const char* const name : {"sizes", "cardinality", "trials", "seed", "format", "target",
                                   "confidence", "budget", "growth"}) {
        add(name, po::value<std::string>());
    }
    for (const char* const name : {"family", "sketch", "output,o"}) {
        add(name, po::value<std::vector<std::string>>());
    }
    return known;
}

std::vector<SketchFamily> read_families(const po::variables_map& given) {
    std::vector<SketchFamily> families;
    std::array<std::pair<std::string_view, SketchFamily>, kAllSketchFamilies.size()> names;
    std::ranges::transform(kAllSketchFamilies, names.begin(), [](SketchFamily family) {
        return std::pair{family_name(family), family};
    });
    for (const std::string& value : texts_of(given, "family")) {
        families.push_back(choice_in("family", value, names));
        if (std::ranges::count(families, families.back()) > 1) {
            throw UsageError(fmt::format("--family {} is given twice", value));
        }
    }
    return families;
}

// What a grid has nothing of, in words.
void note_empty_sizes(std::span<const SketchFamily> families,
                      std::span<const std::uint64_t> sizes_bytes, std::vector<std::string>& notes) {
    for (const SketchFamily family : families) {
        std::string empty;
        for (const std::uint64_t size_bytes : sizes_bytes) {
            if (!largest_sketch_within(family, size_bytes))
                empty += (empty.empty() ? "" : ", ") + format_size(size_bytes);
        }
        if (empty.empty()) continue;
        const SketchSpec only = smallest_sketch(family);
        notes.push_back(fmt::format("{} has one size, {}: there is nothing of it in {}",
                                    only.name(), format_size(only.memory_bytes()), empty));
    }
}

// The grid of families and sizes, then the sketches by name. Of all three nothing: the whole grid.
std::vector<SketchSpec> read_sketches(const po::variables_map& given,
                                      std::vector<std::string>& notes) {
    std::vector<SketchFamily> families = read_families(given);
    const auto sizes_text = text_of(given, "sizes");
    const std::vector<std::string> specs = texts_of(given, "sketch");
    std::vector<SketchSpec> sketches;
    if (!families.empty() || sizes_text || specs.empty()) {
        if (families.empty()) families.assign(kSketchFamilies.begin(), kSketchFamilies.end());
        const std::vector<std::uint64_t> sizes =
            sizes_text ? size_list_in("sizes", *sizes_text, 1, LinearCounting::kMaxSize_bytes)
                       : default_grid_sizes();
        sketches = sketch_grid(families, sizes);
        note_empty_sizes(families, sizes, notes);
    }
    for (const std::string& text : specs) {
        const SketchSpec spec = parsed("sketch", text, parse_sketch_spec);
        if (std::ranges::count(sketches, spec) == 0) sketches.push_back(spec);
    }
    return sketches;
}

void read_trials(const po::variables_map& given, AccuracyRequest& request) {
    if (const auto value = text_of(given, "cardinality")) {
        request.cardinalities = ranges_in("cardinality", *value, 1, kLargestCardinality);
    }
    if (!request.cardinalities.empty() &&
        static_cast<double>(request.cardinalities.back()) * request.question.growth >
            static_cast<double>(kLargestCardinality)) {
        throw UsageError(fmt::format("--growth leads to more than {} ids", kLargestCardinality));
    }
    if (const auto value = text_of(given, "trials")) {
        request.trials = whole_number_in("trials", *value, 0, kMostTrials);
    }
    if (const auto value = text_of(given, "seed")) {
        request.seed = number_in("seed", *value, 0, UINT64_MAX);
    }
    // Of each window length the smallest, median, 95 % and largest count, with fresh ids and with
    // the dump's.
    const std::size_t of_dump =
        request.has_input() ? 8 * (1 + request.reading.analysis.rollups.size()) : 0;
    const std::size_t cardinalities =
        (request.cardinalities.size() + of_dump) * (request.question.growth > 1 ? 2 : 1);
    const std::uint64_t errors = request.trials * cardinalities * request.sketches().size();
    if (errors > kMostErrors) {
        throw UsageError(
            fmt::format("{} trials of {} sketches at {} cardinalities are more errors than are "
                        "kept ({}): ask for fewer",
                        request.trials, request.sketches().size(), cardinalities, kMostErrors));
    }
}

// "0.5%" as a fraction, between the bounds (in millionths of a percent).
double percent_in(std::string_view option, const std::string& value, std::uint64_t least,
                  std::uint64_t most, std::string_view allowed) {
    constexpr double kMillionthsOfPercent = 1e8;
    const bool has_sign = value.ends_with('%');
    const auto parts =
        has_sign ? parse_decimal(value.substr(0, value.size() - 1), 6) : std::nullopt;
    if (!parts || *parts < least || *parts > most) refuse_value(option, value, allowed);
    return static_cast<double>(*parts) / kMillionthsOfPercent;
}

// "3x" or "1.5x".
double factor_in(std::string_view option, const std::string& value) {
    constexpr std::uint64_t kThousandths = 1000;
    const auto thousandths =
        value.ends_with('x') ? parse_decimal(value.substr(0, value.size() - 1), 3) : std::nullopt;
    if (!thousandths || *thousandths < kThousandths || *thousandths > 1000 * kThousandths)
        refuse_value(option, value, "a factor from 1x to 1000x, like 3x or 1.5x");
    return static_cast<double>(*thousandths) / static_cast<double>(kThousandths);
}

void read_question(const po::variables_map& given, AccuracyRequest& request) {
    ChoiceQuestion& question = request.question;
    if (const auto value = text_of(given, "target")) {
        question.target = percent_in("target", *value, 1, 100'000'000,
                                     "a percentage above 0% up to 100%, like 0.5%");
    }
    if (const auto value = text_of(given, "confidence")) {
        question.confidence = percent_in("confidence", *value, 50'000'000, 99'900'000,
                                         "a percentage from 50% to 99.9%, like 95%");
        if (!question.target && !given.count("budget")) {
            throw UsageError("--confidence is that of --target or --budget: give one of them");
        }
    }
    if (const auto value = text_of(given, "growth")) {
        question.growth = factor_in("growth", *value);
        if (!question.target && !given.count("budget")) {
            throw UsageError("--growth is that of --target or --budget: give one of them");
        }
    }
    if (const auto value = text_of(given, "budget")) {
        question.budget_bytes = size_in("budget", *value, 1, LinearCounting::kMaxSize_bytes);
        std::vector<SketchFamily> families = read_families(given);
        if (families.empty()) families.assign(kSketchFamilies.begin(), kSketchFamilies.end());
        // A family of one size that is too large for it is answered: it does not fit.
        std::erase_if(families, [&](SketchFamily family) {
            return has_one_size(family) && !largest_sketch_within(family, *question.budget_bytes);
        });
        std::vector<SketchSpec>& sketches = request.reading.analysis.sketches;
        const std::vector<std::uint64_t> size{*question.budget_bytes};
        for (const SketchSpec& spec : sketch_grid(families, size)) {
            if (std::ranges::count(sketches, spec) == 0) sketches.push_back(spec);
        }
    }
}

// Trials alone need numbers of ids; an option about a dump that is not there would do nothing.
void refuse_without_input(const po::variables_map& given, const AccuracyRequest& request) {
    if (request.cardinalities.empty()) {
        throw UsageError(
            "no input and no numbers of ids to try: name files or directories, or - for standard "
            "input, or give numbers like --cardinality 1000,45000,1e6");
    }
    std::vector<std::string> useless = request.dump_options;
    for (const char* const option : {"rollup", "max-rejects"}) {
        if (given.count(option) > 0) useless.emplace_back(option);
    }
    if (useless.empty()) return;
    throw UsageError(
        fmt::format("--{} is about a dump, and there is none: name an INPUT", useless.front()));
}

}  // namespace

std::vector<std::uint64_t> default_grid_sizes() {
    constexpr std::uint64_t kKiB = 1024;
    return {1 * kKiB, 2 * kKiB, 5 * kKiB, 10 * kKiB, 20 * kKiB, 50 * kKiB, 200 * kKiB};
}

AccuracyRequest parse_accuracy_request(std::span<const std::string> arguments) {
    const po::variables_map given = read_command_line(arguments, known_options(), "input");
    AccuracyRequest request;
    request.reading = read_reading_options(given);
    request.reading.analysis.sketches = read_sketches(given, request.notes);
    read_question(given, request);
    read_trials(given, request);
    for (const char* const option : kDumpOptions) {
        if (given.count(option) > 0) request.dump_options.emplace_back(option);
    }
    if (!request.has_input()) refuse_without_input(given, request);
    request.output_paths = texts_of(given, "output");
    if (const auto value = text_of(given, "format")) {
        request.stdout_format = parse_accuracy_format(*value);
        if (!request.stdout_format) {
            refuse_value("format", *value, "one of table, csv, json, md, tex, html");
        }
    }
    return request;
}

}  // namespace stream_analyzer
