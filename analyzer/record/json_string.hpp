// The text of a JSON string.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stream_analyzer {

enum class Unescaped : std::uint8_t {
    text,
    bad_escape,          ///< not one of RFC 8259's escapes
    unpaired_surrogate,  ///< "\ud800" alone: grammatical, but no UTF-8 can say it
};

/// Replaces `text` by what `raw` (the bytes between the quotes) spells. On failure `text` is
/// unspecified.
[[nodiscard]] Unescaped unescape(std::string_view raw, std::string& text);

/// What a backslash and `letter`, any but u, spell; the letter itself if they are no escape.
[[nodiscard]] char short_escape(char letter);

}  // namespace stream_analyzer
