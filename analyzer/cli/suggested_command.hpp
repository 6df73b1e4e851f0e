// The command to type instead.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pipeline/field_advice.hpp"

namespace stream_analyzer {

/// `stream-analyzer COMMAND_NAME` with the same arguments, but the suggested fields: to be copied
/// into a shell as it is. Empty when nothing was suggested for a missing field, or when a name in
/// it holds control characters: such a command cannot be shown as it is to be typed.
[[nodiscard]] std::string suggested_command(std::string_view command_name,
                                            std::span<const std::string> arguments,
                                            const MissingFieldsError& error);

}  // namespace stream_analyzer
