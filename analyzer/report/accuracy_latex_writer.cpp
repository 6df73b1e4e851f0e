#include "report/accuracy_latex_writer.hpp"

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "report/accuracy_columns.hpp"
#include "report/text_grid.hpp"

namespace stream_analyzer {

namespace {

constexpr TextStyle kLatexStyle{.width = 0, .color = false, .unicode = true};

using Spelling = std::pair<std::string_view, std::string_view>;
constexpr std::array<Spelling, 15> kSpellings{{
    {"\\", "\\textbackslash{}"},
    {"{", "\\{"},
    {"}", "\\}"},
    {" %", "\\,\\%"},
    {"%", "\\%"},
    {"&", "\\&"},
    {"#", "\\#"},
    {"$", "\\$"},
    {"_", "\\_"},
    {"~", "\\textasciitilde{}"},
    {"^", "\\textasciicircum{}"},
    {"\u2212", "$-$"},
    {"\u2013", "--"},
    {"\u2264", "$\\leq$"},
    {"\u03c3", "$\\sigma$"},
}};

std::string cells_of(const std::vector<TextColumn>& columns, std::size_t row, bool header) {
    std::string line;
    for (const TextColumn& column : columns) {
        if (!line.empty()) line += " & ";
        line += latex_text(header ? column.header : column.cells.at(row).text);
    }
    return line + " \\\\\n";
}

}  // namespace

std::string latex_text(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        std::size_t taken = 1;
        std::string_view written = text.substr(0, 1);
        for (const auto& [plain, spelled] : kSpellings) {
            if (!text.starts_with(plain)) continue;
            taken = plain.size();
            written = spelled;
            break;
        }
        result += written;
        text.remove_prefix(taken);
    }
    return result;
}

void write_accuracy_latex(const AccuracyTable& table, ByteSink& sink) {
    sink.write("% " + accuracy_title(table) + "; needs \\usepackage{booktabs}\n");
    const std::vector<TextColumn> columns = accuracy_columns(table, kLatexStyle);
    if (columns.empty()) return;
    std::string alignment;
    for (const TextColumn& column : columns)
        alignment += column.align == Align::right ? 'r' : 'l';
    sink.write("\\begin{tabular}{" + alignment + "}\n\\toprule\n");
    sink.write(cells_of(columns, 0, true) + "\\midrule\n");
    for (std::size_t row = 0; row < columns.front().cells.size(); ++row)
        sink.write(cells_of(columns, row, false));
    sink.write("\\bottomrule\n\\end{tabular}\n");
    const std::string notes = accuracy_notes(table, kLatexStyle);
    if (!notes.empty()) sink.write("% " + latex_text(notes) + "\n");
}

}  // namespace stream_analyzer
