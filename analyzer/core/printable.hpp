// Text from strangers, shown to people.
#pragma once

#include <string>
#include <string_view>

namespace stream_analyzer {

/// The text with every control character spelled out (a line feed as "\x0a"): those of ASCII and,
/// as UTF-8 has them, U+0080 to U+009F. File names, arguments and keys of a dump must neither drive
/// the terminal nor look like further lines of a message.
[[nodiscard]] std::string printable(std::string_view text);

/// Whether there is none to spell out.
[[nodiscard]] bool is_printable(std::string_view text);

}  // namespace stream_analyzer
