// What an output path stands for: a file to replace, or something to write into.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <vector>

namespace stream_analyzer {

/// The path that stands for standard output (and, among inputs, for standard input).
inline constexpr const char* kStandardStream = "-";

struct OutputTarget {
    /// An open descriptor of this process that the path names: "-", /dev/stdout, /dev/fd/N.
    std::optional<int> descriptor;
    /// Otherwise the path with symbolic links of its last part resolved, so that a link stays and
    /// what it points to is replaced.
    std::string path;
    /// What is there now; absent when nothing is.
    std::optional<struct stat> status;

    /// Regular or absent: to be replaced as a whole. False for fifos, devices and descriptors.
    [[nodiscard]] bool is_replaceable() const;
};

/// Looks at the path; opens nothing. Throws EnvironmentError when it cannot be looked at.
[[nodiscard]] OutputTarget output_target(const std::string& path);

/// Throws UsageError when an output is also one of the inputs (the same file under any name or
/// link), or when two outputs are the same file, fifo or stream. Character devices (/dev/null, a
/// terminal) and sockets may be named more than once. Inputs that do not exist are left to those
/// who open them.
void refuse_if_input(const std::vector<std::string>& outputs,
                     const std::vector<std::string>& inputs);

}  // namespace stream_analyzer
