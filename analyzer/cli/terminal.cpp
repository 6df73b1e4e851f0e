#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace stream_analyzer {

namespace {

constexpr std::size_t kPlainWidth = 100;

std::string_view variable(const char* name) {
    const char* const value = std::getenv(name);  // NOLINT: read before threads start
    return value != nullptr ? value : "";
}

// The first of the locale's variables that is set decides (POSIX, "Environment Variables").
bool speaks_utf8() {
    for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const std::string_view locale = variable(name);
        if (locale.empty()) continue;
        return locale.find("UTF-8") != std::string_view::npos ||
               locale.find("utf8") != std::string_view::npos;
    }
    return false;
}

int descriptor_of(Stream stream) {
    return stream == Stream::out ? STDOUT_FILENO : STDERR_FILENO;
}

}  // namespace

bool is_terminal(Stream stream) {
    return isatty(descriptor_of(stream)) == 1;
}

TextStyle style_of(Stream stream) {
    TextStyle style;
    style.unicode = speaks_utf8();
    style.width = kPlainWidth;
    if (!is_terminal(stream)) return style;
    style.color = variable("NO_COLOR").empty() && variable("TERM") != "dumb";
    winsize size{};
    if (ioctl(descriptor_of(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        style.width = size.ws_col;
    }
    return style;
}

}  // namespace stream_analyzer
