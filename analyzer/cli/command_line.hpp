// Reading a command's arguments, the same way for every command.
#pragma once

#include <fmt/format.h>

#include <array>
#include <boost/program_options.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/option_value.hpp"
#include "core/error.hpp"

namespace stream_analyzer {

/// The options that were given. Names are whole (no guessing of abbreviations); an option has one
/// value, unless `known` declares a vector. `positional` names the option that takes what is no
/// option; empty: there may be none. Throws UsageError.
[[nodiscard]] boost::program_options::variables_map read_command_line(
    std::span<const std::string> arguments,
    const boost::program_options::options_description& known, const std::string& positional);

/// The value of an option that may be given once.
[[nodiscard]] std::optional<std::string> text_of(const boost::program_options::variables_map& given,
                                                 const char* option);

/// The same for the path of a file or folder. Throws UsageError when it is empty.
[[nodiscard]] std::optional<std::string> path_of(const boost::program_options::variables_map& given,
                                                 const char* option);

/// The values of an option that may be given often.
[[nodiscard]] std::vector<std::string> texts_of(const boost::program_options::variables_map& given,
                                                const char* option);

/// The choice of that name. Throws UsageError listing the names.
template <class Value, std::size_t kSize>
[[nodiscard]] Value choice_in(
    std::string_view option, const std::string& value,
    const std::array<std::pair<std::string_view, Value>, kSize>& choices) {
    std::string names;
    for (const auto& [name, choice] : choices) {
        if (name == value) return choice;
        names += fmt::format("{}{}", names.empty() ? "one of " : ", ", name);
    }
    refuse_value(option, value, names);
}

/// What `parse` makes of the value; its refusal then names the option.
template <typename Parse>
[[nodiscard]] auto parsed(const char* option, const std::string& value, Parse parse) {
    try {
        return parse(value);
    } catch (const UsageError& error) {
        throw UsageError(fmt::format("--{} '{}': {}", option, value, error.what()));
    }
}

}  // namespace stream_analyzer
