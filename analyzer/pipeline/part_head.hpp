// What a stored part says of how it was counted, and back.
#pragma once

#include <string>
#include <vector>

#include "pipeline/analysis_options.hpp"
#include "pipeline/run_summary.hpp"
#include "store/run_account.hpp"
#include "store/run_head.hpp"

namespace stream_analyzer {

/// All that decides what is counted, as the command line has it. `rules`: as they were used, the
/// unit of times chosen; without any record the unit is "auto", which fits every other.
[[nodiscard]] RunHead part_head(const AnalysisOptions& options, const ReadingRules& rules,
                                bool has_times, const std::string& program_version);

/// The head of a merge of parts with these two. Throws EnvironmentError with a sentence when they
/// do not fit; the names are those of the parts.
[[nodiscard]] RunHead merged_head(const RunHead& one, const std::string& one_name,
                                  const RunHead& other, const std::string& other_name);

/// The account of a run's inputs. `ids`: what tells them apart, parallel to summary.files.
[[nodiscard]] RunAccount run_account(const RunSummary& summary,
                                     const std::vector<std::string>& ids);

/// Fills the summary's files, totals, rejects and times.
void fill_summary(const RunAccount& account, RunSummary& summary);

}  // namespace stream_analyzer
