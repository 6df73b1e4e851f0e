#include "report/accuracy_format.hpp"

#include "report/accuracy_csv_writer.hpp"
#include "report/accuracy_html_writer.hpp"
#include "report/accuracy_json_writer.hpp"
#include "report/accuracy_latex_writer.hpp"
#include "report/accuracy_table_writer.hpp"

namespace stream_analyzer {

std::optional<AccuracyFormat> parse_accuracy_format(std::string_view name) {
    if (name == "csv") return AccuracyFormat::csv;
    if (name == "json") return AccuracyFormat::json;
    if (name == "md") return AccuracyFormat::markdown;
    if (name == "tex") return AccuracyFormat::latex;
    if (name == "html") return AccuracyFormat::html;
    if (name == "table") return AccuracyFormat::table;
    return std::nullopt;
}

std::optional<AccuracyFormat> accuracy_format_of(std::string_view path) {
    if (path.ends_with(".csv")) return AccuracyFormat::csv;
    if (path.ends_with(".json")) return AccuracyFormat::json;
    if (path.ends_with(".md")) return AccuracyFormat::markdown;
    if (path.ends_with(".tex")) return AccuracyFormat::latex;
    if (path.ends_with(".html")) return AccuracyFormat::html;
    return std::nullopt;
}

void write_accuracy(AccuracyFormat format, const AccuracyTable& table, const ReportContext& context,
                    const TextStyle& style, ByteSink& sink) {
    switch (format) {
        case AccuracyFormat::csv:
            return write_accuracy_csv(table, sink);
        case AccuracyFormat::json:
            return write_accuracy_json(table, sink);
        case AccuracyFormat::markdown:
            return write_accuracy_markdown(table, sink);
        case AccuracyFormat::latex:
            return write_accuracy_latex(table, sink);
        case AccuracyFormat::html:
            return write_accuracy_html(table, context, sink);
        case AccuracyFormat::table:
            return write_accuracy_table(table, style, sink);
    }
}

}  // namespace stream_analyzer
