// The error table for programs.
#pragma once

#include "compare/accuracy_table.hpp"
#include "core/byte_sink.hpp"

namespace stream_analyzer {

/// RFC 4180 with a header, one line a row: the columns are those of the README. Fractions, not
/// percent; what is undefined is empty.
void write_accuracy_csv(const AccuracyTable& table, ByteSink& sink);

}  // namespace stream_analyzer
