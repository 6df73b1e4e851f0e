// The error table on a terminal and in Markdown.
#pragma once

#include "compare/accuracy_table.hpp"
#include "core/byte_sink.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

/// Columns that do not fit style.width are left out, the less telling first.
void write_accuracy_table(const AccuracyTable& table, const TextStyle& style, ByteSink& sink);

/// All columns.
void write_accuracy_markdown(const AccuracyTable& table, ByteSink& sink);

}  // namespace stream_analyzer
