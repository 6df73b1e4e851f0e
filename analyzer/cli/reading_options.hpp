// The options of every command that reads dumps: they mean the same in each.
#pragma once

#include <boost/program_options.hpp>

#include "cli/analyze_command.hpp"

namespace stream_analyzer {

/// Declares the inputs and the options on fields, population, windows, checks and threads, and
/// --quiet.
void add_reading_options(boost::program_options::options_description& known);

/// What they say; inputs may be missing. Throws UsageError.
[[nodiscard]] AnalyzeRequest read_reading_options(
    const boost::program_options::variables_map& given);

}  // namespace stream_analyzer
