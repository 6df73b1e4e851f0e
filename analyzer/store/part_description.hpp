// What is in a stored part, for `inspect`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "store/run_account.hpp"
#include "store/run_head.hpp"
#include "store/run_reader.hpp"

namespace stream_analyzer {

struct PartDescription {
    std::string name;
    RunHead head;
    RunAccount account;
    std::uint64_t windows = 0;
    std::optional<WindowTime> first_window;
    std::optional<WindowTime> last_window;
    std::uint64_t records = 0;   ///< Σ of the windows
    std::uint64_t ids = 0;       ///< Σ distinct ids of the windows: an id counts once a window
    std::uint64_t id_bytes = 0;  ///< Σ their lengths
};

/// Reads the whole part, every id of it, and so checks it. Throws EnvironmentError.
[[nodiscard]] PartDescription describe_part(RunReader& part);

}  // namespace stream_analyzer
