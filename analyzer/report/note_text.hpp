// Notes below a table on the terminal.
#pragma once

#include <string_view>

#include "core/byte_sink.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

/// One paragraph, broken at blanks to the width of the screen; nothing for an empty one.
void write_note(std::string_view note, const TextStyle& style, ByteSink& sink);

}  // namespace stream_analyzer
