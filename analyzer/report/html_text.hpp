// Text of strangers in a page: it is shown, and does nothing.
#pragma once

#include <string>
#include <string_view>

#include "report/json_text.hpp"

namespace stream_analyzer {

/// The text with everything spelled out that a reader does not see or that turns the order of what
/// he sees: control characters (a line feed as "\x0a"), line and paragraph separators and the marks
/// of writing direction (U+202E as "\u202e"). Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string visible_text(std::string_view text);

/// visible_text() with &, <, >, " and ' as entities: for element content and quoted attributes.
[[nodiscard]] std::string html_text(std::string_view text);

/// JSON for a <script> element: ASCII only, and nothing in it ends the element or opens a comment.
[[nodiscard]] std::string script_json(const Json& value);

}  // namespace stream_analyzer
