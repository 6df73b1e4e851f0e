// The error table as a page for people: one HTML file that opens offline.
#pragma once

#include "compare/accuracy_table.hpp"
#include "core/byte_sink.hpp"
#include "report/report_context.hpp"

namespace stream_analyzer {

/// Rows of the whole error table that the page shows; the CSV has all.
inline constexpr std::size_t kHtmlAccuracyRows = 300;

/// Numbers of ids on a line of a chart, and in the table under it.
inline constexpr std::size_t kHtmlNumbers = 80;
inline constexpr std::size_t kHtmlNumbersInTable = 12;

/// Writes the page: the answers in words, inputs and rejects of the dump if there is one, error
/// against memory, error against the number of ids, the error table, how to reproduce.
/// `context.summary` is null without a dump.
void write_accuracy_html(const AccuracyTable& table, const ReportContext& context, ByteSink& sink);

}  // namespace stream_analyzer
