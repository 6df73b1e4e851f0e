// What the reader's screen can show.
#pragma once

#include <cstddef>

namespace stream_analyzer {

/// The caller decides (terminal, NO_COLOR, locale); writers obey.
struct TextStyle {
    std::size_t width = 80;  ///< columns of the screen; 0: no limit
    bool color = false;      ///< ANSI escape sequences may be used
    bool unicode = false;    ///< UTF-8 beyond ASCII may be used

    [[nodiscard]] const char* minus() const { return unicode ? "\u2212" : "-"; }
    [[nodiscard]] const char* ellipsis() const { return unicode ? "\u2026" : "..."; }
    /// Stands where a value is missing.
    [[nodiscard]] const char* missing() const { return unicode ? "\u2013" : "-"; }
    [[nodiscard]] const char* within_1_sigma() const { return unicode ? "\u22641\u03c3" : "<=1sd"; }
    [[nodiscard]] const char* within_2_sigma() const { return unicode ? "\u22642\u03c3" : "<=2sd"; }
};

}  // namespace stream_analyzer
