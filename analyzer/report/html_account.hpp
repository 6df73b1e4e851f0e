// The account of a run for the HTML report: what was read, what was not and why, how to do it
// again.
#pragma once

#include <string>
#include <vector>

#include "pipeline/run_summary.hpp"
#include "report/html_table.hpp"

namespace stream_analyzer {

/// So many inputs, and warnings, are named; the page says how many it left out.
inline constexpr std::size_t kListedInputs = 50;
inline constexpr std::size_t kListedWarnings = 20;

/// For page/account.html: `account_lines` (sentences), `inputs`, `rejects` (tables), `has_rejects`;
/// and `lines`, the sentence on all lines. Nothing in it depends on threads, speed or the time of
/// day, and no line of an input is shown.
[[nodiscard]] PageData html_account(const RunSummary& summary);

/// What a reader has to know before believing the rest: damaged inputs, many rejects, ...
[[nodiscard]] std::vector<std::string> report_warnings(const RunSummary& summary);

/// How the dump was read, as columns "setting" and "value".
[[nodiscard]] std::vector<TextColumn> setting_columns(const RunSummary& summary,
                                                      const std::string& version);

}  // namespace stream_analyzer
