// What a report says of the run besides its results.
#pragma once

#include <string>

#include "pipeline/run_summary.hpp"

namespace stream_analyzer {

struct ReportContext {
    const RunSummary* summary = nullptr;  ///< absent when nothing was read
    std::string command;                  ///< as the user typed it, to be copied into a shell
    std::string version;                  ///< of the program
};

}  // namespace stream_analyzer
