// The command line as the user typed it, for a shell.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "record/field_path.hpp"

namespace stream_analyzer {

/// An argument as the shell reads it back.
[[nodiscard]] std::string quoted_argument(const std::string& argument);

/// `stream-analyzer COMMAND_NAME` with its arguments. A report shows no user id: where --where asks
/// for a value of `id_field`, the value is replaced by "(a user id)".
[[nodiscard]] std::string typed_command(std::string_view command_name,
                                        std::span<const std::string> arguments,
                                        const FieldPath& id_field);

}  // namespace stream_analyzer
