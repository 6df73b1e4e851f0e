// What an error table says, in words.
#pragma once

#include <string>
#include <vector>

#include "compare/accuracy_charts.hpp"
#include "compare/accuracy_table.hpp"
#include "report/report_context.hpp"
#include "report/text_grid.hpp"

namespace stream_analyzer {

/// "15 windows of 1m with 16,193 to 49,488 ids", "45,069 ids, as in windows of 1m" or "1,000 ids".
[[nodiscard]] std::string subject_text(const SizeChart& chart);

/// A sentence on the memory of the exact sets; empty for trials beside a dump.
[[nodiscard]] std::string exact_text(const SizeChart& chart);

/// The answer, if a question was asked; else how many sketches were tried, on what evidence; what
/// is missing if there is no row.
[[nodiscard]] std::string accuracy_headline(const AccuracyTable& table);

/// For one of the charts, the dump's if there is one, one sentence a family: typical errors from
/// the smallest sketch to the largest, and the largest error. Empty without charts.
[[nodiscard]] std::vector<std::string> accuracy_sentences(const std::vector<SizeChart>& charts);

/// How the errors were found, as columns "setting" and "value".
[[nodiscard]] std::vector<TextColumn> accuracy_settings(const AccuracyTable& table,
                                                        const ReportContext& context);

}  // namespace stream_analyzer
