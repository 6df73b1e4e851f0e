// The forms in which an error table can be written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compare/accuracy_table.hpp"
#include "core/byte_sink.hpp"
#include "report/report_context.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

enum class AccuracyFormat : std::uint8_t { csv, json, markdown, latex, html, table };

/// "csv", "json", "md", "tex", "html" or "table"; nothing for another name.
[[nodiscard]] std::optional<AccuracyFormat> parse_accuracy_format(std::string_view name);

/// By the extension: .csv, .json, .md, .tex, .html. Nothing for another.
[[nodiscard]] std::optional<AccuracyFormat> accuracy_format_of(std::string_view path);

/// Writes the whole table. `style` matters to the terminal's alone, `context` to HTML.
void write_accuracy(AccuracyFormat format, const AccuracyTable& table, const ReportContext& context,
                    const TextStyle& style, ByteSink& sink);

}  // namespace stream_analyzer
