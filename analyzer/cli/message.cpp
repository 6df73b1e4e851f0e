#include "cli/message.hpp"

#include <cstdio>
#include <string>

#include "core/printable.hpp"

namespace stream_analyzer {

void say(std::string_view message) {
    say_lines(printable(message));
}

void say_lines(std::string_view message) {
    std::string line("stream-analyzer: ");
    line.append(message).append("\n");
    write_to_stderr(line);
}

void write_to_stderr(std::string_view text) {
    (void)std::fwrite(text.data(), 1, text.size(), stderr);
    (void)std::fflush(stderr);
}

}  // namespace stream_analyzer
