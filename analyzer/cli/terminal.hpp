// What the two output streams can show.
#pragma once

#include "report/text_style.hpp"

namespace stream_analyzer {

enum class Stream { out, err };

[[nodiscard]] bool is_terminal(Stream stream);

/// Width of the terminal, colours (unless NO_COLOR is set or TERM is dumb) and UTF-8 (by the
/// locale's variables). A stream that is no terminal is 100 columns wide and has no colours.
[[nodiscard]] TextStyle style_of(Stream stream);

}  // namespace stream_analyzer
