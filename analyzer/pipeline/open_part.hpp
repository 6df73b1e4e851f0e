#pragma once

#include <memory>
#include <string>

#include "store/run_reader.hpp"

namespace stream_analyzer {

/// Opens a stored part ("-": standard input) and reads its head. Throws EnvironmentError when it
/// cannot be read or is none.
[[nodiscard]] std::unique_ptr<RunReader> open_part(const std::string& path);

}  // namespace stream_analyzer
