#pragma once

#include <string_view>

namespace stream_analyzer {

/// Writes "stream-analyzer: MESSAGE" and a line feed to standard error, one line whatever the names
/// in the message are: control characters are spelled out. Where that cannot be written nothing
/// happens: the exit code must not depend on it.
void say(std::string_view message);

/// The same for a message of several lines, in which whoever made it spelled out those of names.
void say_lines(std::string_view message);

/// The same without name and line feed.
void write_to_stderr(std::string_view text);

}  // namespace stream_analyzer
