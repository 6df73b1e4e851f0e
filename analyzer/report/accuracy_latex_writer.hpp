// The error table for papers.
#pragma once

#include <string>
#include <string_view>

#include "compare/accuracy_table.hpp"
#include "core/byte_sink.hpp"

namespace stream_analyzer {

/// A `tabular` with rules of the package booktabs and the notes below it as comments: to be used by
/// \input inside a table. Needs \usepackage{booktabs} and nothing else.
void write_accuracy_latex(const AccuracyTable& table, ByteSink& sink);

/// `text` taken literally by LaTeX: special characters are escaped, the few beyond ASCII that
/// columns hold are commands.
[[nodiscard]] std::string latex_text(std::string_view text);

}  // namespace stream_analyzer
