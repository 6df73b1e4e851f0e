#include "cli/generate_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/program_options.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/interrupt.hpp"
#include "cli/option_value.hpp"
#include "cli/standard_output.hpp"
#include "core/event_time.hpp"
#include "core/grouped.hpp"
#include "generate/generate.hpp"
#include "report/output_file.hpp"

namespace stream_analyzer {

namespace {

namespace po = boost::program_options;

/// "0.5%" in parts per million.
std::uint32_t share_in(std::string_view option, const std::string& value, std::uint32_t most_ppm) {
    constexpr unsigned kDecimals = 4;
    std::optional<std::uint64_t> share_ppm;
    if (value.ends_with('%')) {
        share_ppm = parse_decimal(std::string_view(value).substr(0, value.size() - 1), kDecimals);
    }
    if (!share_ppm || *share_ppm > most_ppm) {
        refuse_value(option, value,
                     fmt::format("a percentage from 0% to {}% with at most {} decimals, like 0.5%",
                                 most_ppm / 10'000, kDecimals));
    }
    return static_cast<std::uint32_t>(*share_ppm);
}

/// "5s", "2m", "1h" in seconds.
std::uint64_t duration_in(std::string_view option, const std::string& value, std::uint64_t most_s) {
    constexpr std::array kUnits{std::pair{'s', 1U}, std::pair{'m', 60U}, std::pair{'h', 3'600U}};
    if (!value.empty()) {
        const auto number = parse_number(std::string_view(value).substr(0, value.size() - 1));
        for (const auto& [unit, unit_s] : kUnits) {
            if (value.back() == unit && number && *number > 0 && *number <= most_s / unit_s) {
                return *number * unit_s;
            }
        }
    }
    refuse_value(option, value,
                 fmt::format("a duration from 1s to {}h in s, m or h, like 5s", most_s / 3'600));
}

/// "1.5" as 1,500.
std::uint64_t thousandths_in(std::string_view option, const std::string& value, std::uint64_t least,
                             std::uint64_t most) {
    const auto number = parse_decimal(value, 3);
    if (!number || *number < least || *number > most) {
        refuse_value(option, value,
                     fmt::format("a number from {} to {} with at most 3 decimals",
                                 least == 1 ? "0.001" : "1", most / 1'000));
    }
    return *number;
}

/// A time with whole seconds, in seconds since 1970.
std::int64_t start_in(std::string_view option, const std::string& value) {
    const EventTime time = time_in(option, value);
    const auto start = std::chrono::floor<std::chrono::seconds>(time);
    if (start != time) refuse_value(option, value, "a whole second");
    return start.time_since_epoch().count();
}

std::vector<std::uint64_t> distinct_in(std::string_view option, const std::string& value) {
    std::vector<std::uint64_t> numbers;
    std::size_t start = 0;
    for (;;) {
        const std::size_t comma = std::min(value.find(',', start), value.size());
        const auto number = parse_number(std::string_view(value).substr(start, comma - start));
        if (!number || *number > kMaxDistinct) {
            refuse_value(option, value,
                         fmt::format("a list of whole numbers from 0 to {}, like 16193,41130",
                                     kMaxDistinct));
        }
        numbers.push_back(*number);
        if (comma == value.size()) return numbers;
        start = comma + 1;
    }
}

constexpr std::array kShapes{std::pair{std::string_view("wide"), DumpShape::wide},
                             std::pair{std::string_view("narrow"), DumpShape::narrow},
                             std::pair{std::string_view("nested"), DumpShape::nested}};
constexpr std::array kPopularities{std::pair{std::string_view("uniform"), Popularity::uniform},
                                   std::pair{std::string_view("zipf"), Popularity::zipf}};

po::options_description known_options() {
    po::options_description known;
    auto add = known.add_options();
    for (const char* const name :
         {"shape", "record-size", "records", "bytes", "distinct", "repeat", "rate", "start",
          "users", "popularity", "late-share", "late-max", "late-tail", "string-times",
          "corrupt-share", "seed", "truth", "truth-totals", "output,o"}) {
        add(name, po::value<std::string>());
    }
    add("crlf", po::bool_switch());
    return known;
}

void refuse_together(const po::variables_map& given, const char* option,
                     std::span<const char* const> others) {
    if (given.count(option) == 0) return;
    for (const char* const other : others) {
        if (given.count(other) > 0) {
            throw UsageError(fmt::format("--{} and --{} exclude each other", option, other));
        }
    }
}

void refuse_contradictions(const po::variables_map& given) {
    static constexpr std::array kNotWithDistinct{"records", "bytes", "rate", "users", "popularity"};
    static constexpr std::array kNotWithBytes{"records"};
    refuse_together(given, "distinct", kNotWithDistinct);
    refuse_together(given, "bytes", kNotWithBytes);
    if (given.count("late-max") > 0 && given.count("late-share") + given.count("late-tail") == 0) {
        throw UsageError("--late-max needs --late-share or --late-tail");
    }
    if (given.count("repeat") > 0 && given.count("distinct") == 0) {
        throw UsageError("--repeat needs --distinct");
    }
}

/// Reads what was given into the options; what was not given keeps its default.
class OptionReader {
  public:
    explicit OptionReader(const po::variables_map& given) : given_(given) {}

    /// target = parse(name, text, limits...), if the option was given.
    template <class Target, class Parse, class... Limits>
    void read(const char* name, Target& target, const Parse& parse, Limits... limits) const {
        if (given_.count(name) > 0) target = parse(name, given_[name].as<std::string>(), limits...);
    }

  private:
    const po::variables_map& given_;
};

/// A dump on its way to its file.
class DumpFile final : public DumpSink {
  public:
    DumpFile(OutputFile& output, const std::atomic<bool>& interrupted)
        : output_(output), interrupted_(interrupted) {}

    void write(std::string_view bytes, std::uint64_t lines) override {
        if (interrupted_.load())
            throw Interrupted(fmt::format("interrupted after {} lines", grouped(lines_)));
        output_.write(bytes);
        lines_ += lines;
    }

  private:
    OutputFile& output_;
    const std::atomic<bool>& interrupted_;
    std::uint64_t lines_ = 0;
};

/// A file that may not be asked for.
class TruthFile {
  public:
    TruthFile(const std::string& path, const std::atomic<bool>& interrupted) {
        if (!path.empty()) file_.emplace(path, &interrupted);
    }

    void write(const std::string& text) {
        if (!file_) return;
        file_->write(text);
        file_->commit();
    }

  private:
    std::optional<OutputFile> file_;
};

}  // namespace

GenerateRequest parse_generate_request(std::span<const std::string> arguments) {
    const po::variables_map given = read_command_line(arguments, known_options(), "");
    refuse_contradictions(given);
    GenerateRequest request;
    GenerateOptions& options = request.options;
    const OptionReader reader(given);
    reader.read("shape", options.shape, choice_in<DumpShape, kShapes.size()>, kShapes);
    reader.read("record-size", options.record_bytes, size_in, kMinRecord_bytes, kMaxRecord_bytes);
    reader.read("string-times", options.string_times_ppm, share_in, kWhole_ppm);
    options.crlf = given["crlf"].as<bool>();

    reader.read("records", options.records, number_in, 1U, kMaxRecords);
    reader.read("bytes", options.size_bytes, size_in, 1U, kMaxSize_bytes);
    reader.read("rate", options.rate_per_1000s, thousandths_in, 1U, kMaxRate_per_1000s);
    reader.read("start", options.start_s, start_in);
    reader.read("users", options.users, number_in, 1U, kMaxUsers);
    reader.read("popularity", options.popularity, choice_in<Popularity, kPopularities.size()>,
                kPopularities);
    reader.read("distinct", options.distinct, distinct_in);
    reader.read("repeat", options.repeat_per_1000, thousandths_in, 1'000U, kMaxRepeat_per_1000);

    reader.read("late-share", options.late_share_ppm, share_in, kWhole_ppm);
    reader.read("late-max", options.late_max_s, duration_in, kMaxLateness_s);
    reader.read("late-tail", options.late_tail_ppm, share_in, kWhole_ppm);
    reader.read("corrupt-share", options.corrupt_share_ppm, share_in, kMaxCorruptShare_ppm);

    reader.read("seed", options.seed, number_in, 0U, UINT64_MAX);
    reader.read("output", request.output_path, path_in);
    reader.read("truth", request.truth_path, path_in);
    reader.read("truth-totals", request.totals_path, path_in);
    return request;
}

ExitCode run_generate(std::span<const std::string> arguments) {
    const GenerateRequest request = parse_generate_request(arguments);
    check(request.options);
    std::vector<std::string> paths{request.output_path};
    for (const std::string& path : {request.truth_path, request.totals_path}) {
        if (!path.empty()) paths.push_back(path);
    }
    refuse_if_input(paths, {});

    const std::atomic<bool>& interrupted = watch_for_interrupts();
    OutputFile output(request.output_path, &interrupted);
    TruthFile truth_file(request.truth_path, interrupted);
    TruthFile totals_file(request.totals_path, interrupted);
    DumpFile dump(output, interrupted);
    const DumpTruth truth = generate_dump(request.options, dump);
    output.commit();
    truth_file.write(truth_csv(truth));
    totals_file.write(totals_json(truth));
    return ExitCode::done;
}

}  // namespace stream_analyzer
