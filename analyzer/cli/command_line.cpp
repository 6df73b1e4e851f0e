#include "cli/command_line.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace stream_analyzer {

namespace po = boost::program_options;

po::variables_map read_command_line(std::span<const std::string> arguments,
                                    const po::options_description& known,
                                    const std::string& positional) {
    po::variables_map given;
    po::positional_options_description others;
    if (!positional.empty()) others.add(positional.c_str(), -1);
    try {
        po::store(
            po::command_line_parser({arguments.begin(), arguments.end()})
                .options(known)
                .positional(others)
                .style(po::command_line_style::unix_style & ~po::command_line_style::allow_guessing)
                .run(),
            given);
    } catch (const po::too_many_positional_options_error&) {
        throw UsageError("this command takes options only, no other arguments");
    } catch (const po::error& error) {
        throw UsageError(error.what());
    }
    if (!positional.empty() && std::ranges::count(texts_of(given, positional.c_str()), "") > 0) {
        throw UsageError("an empty argument names no file");
    }
    return given;
}

std::optional<std::string> text_of(const po::variables_map& given, const char* option) {
    if (given.count(option) == 0) return std::nullopt;
    return given[option].as<std::string>();
}

std::optional<std::string> path_of(const po::variables_map& given, const char* option) {
    const auto value = text_of(given, option);
    return value ? std::optional(path_in(option, *value)) : std::nullopt;
}

std::vector<std::string> texts_of(const po::variables_map& given, const char* option) {
    if (given.count(option) == 0) return {};
    return given[option].as<std::vector<std::string>>();
}

}  // namespace stream_analyzer
