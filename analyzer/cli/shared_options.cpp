#include "cli/shared_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>

#include "cli/command_line.hpp"
#include "cli/option_value.hpp"
#include "store/spill_file.hpp"

namespace stream_analyzer {

namespace {

namespace po = boost::program_options;

constexpr unsigned kMostThreads = 1024;

using Name = std::string_view;
constexpr std::array kLayouts{std::pair{Name("long"), false}, std::pair{Name("wide"), true}};

}  // namespace

void add_counting_options(po::options_description& known) {
    auto add = known.add_options();
    for (const char* const name : {"threads", "memory", "spill-dir"}) {
        add(name, po::value<std::string>());
    }
    add("rollup", po::value<std::vector<std::string>>());
    add("quiet,q", po::bool_switch());
}

void add_output_options(po::options_description& known) {
    auto add = known.add_options();
    for (const char* const name : {"format", "layout", "summary", "save"}) {
        add(name, po::value<std::string>());
    }
    add("output,o", po::value<std::vector<std::string>>());
}

std::vector<WindowLength> rollups_in(const po::variables_map& given) {
    std::vector<WindowLength> rollups;
    for (const std::string& value : texts_of(given, "rollup")) {
        rollups.push_back(parsed("rollup", value, WindowLength::parse));
        if (std::ranges::count(rollups, rollups.back()) > 1) {
            throw UsageError(fmt::format("--rollup {} is given twice", value));
        }
    }
    return rollups;
}

unsigned threads_in(const po::variables_map& given) {
    if (const auto value = text_of(given, "threads")) {
        return static_cast<unsigned>(number_in("threads", *value, 1, kMostThreads));
    }
    return std::max(1U, std::thread::hardware_concurrency());
}

void read_memory(const po::variables_map& given, std::uint64_t& memory_bytes,
                 std::string& spill_folder) {
    if (const auto value = text_of(given, "memory")) {
        memory_bytes = size_in("memory", *value, 1, std::uint64_t{1} << 50U);
    }
    if (const auto value = path_of(given, "spill-dir")) {
        const SpillFile tried(*value);  // when it is needed, hours of work may be lost
        spill_folder = *value;
    }
}

std::vector<std::string> parts_in(const po::variables_map& given) {
    std::vector<std::string> parts = texts_of(given, "input");
    if (parts.empty()) throw UsageError("no part: name files that analyze --save has written");
    if (std::ranges::count(parts, "-") > 1) {
        throw UsageError("standard input can be read once: - is given twice");
    }
    return parts;
}

OutputRequest outputs_in(const po::variables_map& given) {
    OutputRequest request;
    request.paths = texts_of(given, "output");
    if (const auto value = text_of(given, "layout")) {
        request.wide_layout = choice_in("layout", *value, kLayouts);
    }
    if (const auto value = text_of(given, "format")) {
        request.stdout_format = parse_comparison_format(*value);
        if (!request.stdout_format)
            refuse_value("format", *value, "one of table, csv, json, md, html");
    }
    request.summary_path = path_of(given, "summary");
    request.save_path = path_of(given, "save");
    request.quiet = given["quiet"].as<bool>();
    return request;
}

}  // namespace stream_analyzer
