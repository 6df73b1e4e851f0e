// The account of a run for people, on standard error.
#pragma once

#include <string>

#include "pipeline/run_summary.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

/// Above this share of rejected lines the summary warns.
inline constexpr double kManyRejects = 0.01;

/// A few lines: what was read and what became of it, rejects with the first place of each reason,
/// times, gaps, windows far from the rest, order, speed, then warnings. Control characters in file
/// names are made visible.
[[nodiscard]] std::string summary_text(const RunSummary& summary, const TextStyle& style);

}  // namespace stream_analyzer
