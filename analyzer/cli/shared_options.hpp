// Options that mean the same in every command that counts.
#pragma once

#include <boost/program_options.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/result_outputs.hpp"
#include "window/window_length.hpp"

namespace stream_analyzer {

/// Declares --rollup, --quiet, --threads, --memory and --spill-dir.
void add_counting_options(boost::program_options::options_description& known);

/// Declares --output, --format, --layout, --summary and --save.
void add_output_options(boost::program_options::options_description& known);

// Their values. All throw UsageError.
[[nodiscard]] std::vector<WindowLength> rollups_in(
    const boost::program_options::variables_map& given);
[[nodiscard]] unsigned threads_in(const boost::program_options::variables_map& given);
/// Changes what is given. A --spill-dir is tried: EnvironmentError when it takes no files.
void read_memory(const boost::program_options::variables_map& given, std::uint64_t& memory_bytes,
                 std::string& spill_folder);
/// The stored parts; at least one, and standard input once at most.
[[nodiscard]] std::vector<std::string> parts_in(const boost::program_options::variables_map& given);
[[nodiscard]] OutputRequest outputs_in(const boost::program_options::variables_map& given);

}  // namespace stream_analyzer
