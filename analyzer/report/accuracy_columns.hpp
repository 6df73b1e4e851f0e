// The error table for people: terminal, Markdown and LaTeX.
#pragma once

#include <string>
#include <vector>

#include "compare/accuracy_table.hpp"
#include "report/text_grid.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

/// One row a row of the table; theory has a column of its own, so its rows are shown only when
/// there is no other evidence. Columns that would be the same or empty in every row are left out.
[[nodiscard]] std::vector<TextColumn> accuracy_columns(const AccuracyTable& table,
                                                       const TextStyle& style);

/// "Errors of 1,000 trials with fresh ids, seed 0": what the columns are about.
[[nodiscard]] std::string accuracy_title(const AccuracyTable& table);

/// What the columns mean and what was left out, one sentence after the other.
[[nodiscard]] std::string accuracy_notes(const AccuracyTable& table, const TextStyle& style);

}  // namespace stream_analyzer
