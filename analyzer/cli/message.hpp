#pragma once

#include <string_view>

namespace stream_analyzer {

/// Writes "stream-analyzer: MESSAGE" and a line feed to standard error. Where that cannot be
/// written nothing happens: the exit code must not depend on it.
void say(std::string_view message);

/// The same without name and line feed.
void write_to_stderr(std::string_view text);

}  // namespace stream_analyzer
