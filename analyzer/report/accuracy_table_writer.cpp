#include "report/accuracy_table_writer.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include "report/accuracy_columns.hpp"
#include "report/choice_text.hpp"
#include "report/markdown_grid.hpp"
#include "report/note_text.hpp"
#include "report/text_grid.hpp"

namespace stream_analyzer {

void write_accuracy_table(const AccuracyTable& table, const TextStyle& style, ByteSink& sink) {
    for (const std::string& sentence : choice_sentences(table))
        write_note(sentence, style, sink);
    if (table.choices) sink.write("\n");
    if (!table.rows.empty()) {
        sink.write(accuracy_title(table) + "\n\n");
        sink.write(grid_text(fitted(accuracy_columns(table, style), style.width), style.color));
        write_note(accuracy_notes(table, style), style, sink);
        write_note("For full precision and all columns add -o FILE.csv (or .json, .md, .tex).",
                   style, sink);
    }
}

void write_accuracy_markdown(const AccuracyTable& table, ByteSink& sink) {
    sink.write("# " + accuracy_title(table) + "\n");
    const std::vector<std::string> sentences = choice_sentences(table);
    for (std::size_t i = 0; i < sentences.size(); ++i)
        sink.write((i == 0 ? "\n" : i == 1 ? "\n- " : "- ") + sentences[i] + "\n");
    write_markdown_grid(accuracy_columns(table, kMarkdownStyle), sink);
    const std::string notes = accuracy_notes(table, kMarkdownStyle);
    if (!notes.empty()) sink.write("\n" + notes + "\n");
}

}  // namespace stream_analyzer
