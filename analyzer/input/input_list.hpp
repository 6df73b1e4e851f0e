// What the user named on the command line, as a list of files to read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stream_analyzer {

/// The argument that means standard input.
inline constexpr std::string_view kStandardInputPath = "-";

struct InputSpec {
    std::string path;  ///< kStandardInputPath, or a path to open
    std::string name;  ///< for people and reports
};

[[nodiscard]] bool is_standard_input(const InputSpec& input);

/// The paths in a list file, one a line; empty lines are skipped. `path` "-" reads the list from
/// standard input. Throws EnvironmentError when it cannot be read.
[[nodiscard]] std::vector<std::string> read_path_list(const std::string& path);

/// Expands arguments in their order, those of the list file (--files-from) last. A directory stands
/// for the regular files in it and below it that end in .jsonl, .ndjson or .json, or in one of
/// these with .gz or .zst behind it, in natural order (natural_order.hpp); entries that begin with
/// a dot are left out, as a shell's * does, and linked directories are not entered. A file that is
/// named itself is taken whatever it is called.
///
/// Throws EnvironmentError for what is missing, unreadable, a directory without a fitting file, a
/// list without a path, or compressed in a way that is not read; UsageError when standard input
/// would be read twice.
[[nodiscard]] std::vector<InputSpec> expand_inputs(const std::vector<std::string>& arguments,
                                                   const std::optional<std::string>& files_from);

}  // namespace stream_analyzer
