#include "report/note_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "report/text_grid.hpp"

namespace stream_analyzer {

void write_note(std::string_view note, const TextStyle& style, ByteSink& sink) {
    std::string line;
    const auto end_line = [&] {
        sink.write(emphasised(line, Emphasis::faint, style.color) + "\n");
        line.clear();
    };
    while (!note.empty()) {
        const std::string_view word = note.substr(0, note.find(' '));
        note.remove_prefix(std::min(word.size() + 1, note.size()));
        const std::size_t wanted = display_width(line) + 1 + display_width(word);
        if (!line.empty() && style.width != 0 && wanted > style.width) end_line();
        if (!line.empty()) line += ' ';
        line += word;
    }
    if (!line.empty()) end_line();
}

}  // namespace stream_analyzer
