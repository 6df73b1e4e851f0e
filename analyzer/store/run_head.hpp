// The first block of a run: what was counted, and how.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exact/place_key.hpp"
#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

struct RunHead {
    /// Names and values as the command line has them, in a fixed order: {"window", "1m"}, ...
    using Parameters = std::vector<std::pair<std::string, std::string>>;

    std::string program_version;
    bool exact = true;       ///< ids; else sketch states
    bool with_rows = false;  ///< windows have estimates
    /// Windows have keys instead of ids, and these make them. Spilled runs only.
    std::optional<PlaceKeys> keys;
    std::vector<std::string> lengths;
    std::vector<SketchSpec> sketches;
    Parameters parameters;

    [[nodiscard]] std::string encode() const;
    /// Throws EnvironmentError naming `name` for what is no head, or one of a later format.
    [[nodiscard]] static RunHead decode(std::string_view content, const std::string& name);

    /// The value of a parameter; empty when there is none of that name.
    [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

/// In what two runs differ that cannot be merged: "--window 1m and --window 5m". Nothing when they
/// fit. The version of the program may differ.
[[nodiscard]] std::optional<std::string> difference_of(const RunHead& one, const RunHead& other);

}  // namespace stream_analyzer
