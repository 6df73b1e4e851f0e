#include "report/comparison_format.hpp"

#include "compare/notable_windows.hpp"
#include "report/csv_writer.hpp"
#include "report/html_writer.hpp"
#include "report/json_writer.hpp"
#include "report/markdown_writer.hpp"
#include "report/table_writer.hpp"
#include "report/wide_csv_writer.hpp"

namespace stream_analyzer {

std::optional<ComparisonFormat> parse_comparison_format(std::string_view name) {
    if (name == "csv") return ComparisonFormat::csv;
    if (name == "json") return ComparisonFormat::json;
    if (name == "md") return ComparisonFormat::markdown;
    if (name == "html") return ComparisonFormat::html;
    if (name == "table") return ComparisonFormat::table;
    return std::nullopt;
}

std::optional<ComparisonFormat> comparison_format_of(const std::string& path) {
    if (path.ends_with(".csv")) return ComparisonFormat::csv;
    if (path.ends_with(".json")) return ComparisonFormat::json;
    if (path.ends_with(".md")) return ComparisonFormat::markdown;
    if (path.ends_with(".html")) return ComparisonFormat::html;
    return std::nullopt;
}

void write_comparison(ComparisonFormat format, const ComparisonRows& rows,
                      std::span<const SketchVerdict> verdicts, const ReportContext& context,
                      const TextStyle& style, ByteSink& sink) {
    switch (format) {
        case ComparisonFormat::csv:
            return write_csv(rows, sink);
        case ComparisonFormat::wide_csv:
            return write_wide_csv(rows, sink);
        case ComparisonFormat::json:
            return write_json(rows, verdicts, sink);
        case ComparisonFormat::markdown:
            return write_markdown(rows, verdicts, notable_windows(rows, kMarkdownWindows), sink);
        case ComparisonFormat::html:
            return write_html(rows, verdicts, context, sink);
        case ComparisonFormat::table:
            return write_table(rows, verdicts, notable_windows(rows, kTableWindows), style, sink);
    }
}

}  // namespace stream_analyzer
