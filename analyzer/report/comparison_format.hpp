// The forms in which a comparison can be written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compare/comparison_row.hpp"
#include "compare/sketch_verdict.hpp"
#include "core/byte_sink.hpp"
#include "report/report_context.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

enum class ComparisonFormat : std::uint8_t { csv, wide_csv, json, markdown, html, table };

/// "csv", "json", "md", "html" or "table"; nothing for another name. `wide_csv` is csv by --layout.
[[nodiscard]] std::optional<ComparisonFormat> parse_comparison_format(std::string_view name);

/// By the extension: .csv, .json, .md, .html. Nothing for another.
[[nodiscard]] std::optional<ComparisonFormat> comparison_format_of(const std::string& path);

/// Writes the whole comparison. `style` matters to the table alone, `context` to HTML.
void write_comparison(ComparisonFormat format, const ComparisonRows& rows,
                      std::span<const SketchVerdict> verdicts, const ReportContext& context,
                      const TextStyle& style, ByteSink& sink);

}  // namespace stream_analyzer
