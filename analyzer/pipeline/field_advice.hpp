// What to tell a user whose fields are not in the dump.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "record/reading_rules.hpp"

namespace stream_analyzer {

/// The time or id field is in none of the first lines. `what()` lists paths that look like it,
/// printable();
/// whoever knows the command line adds the command to type. Nothing is chosen for the user.
struct MissingFieldsError : NothingToCountError {
    using NothingToCountError::NothingToCountError;

    /// The best candidates for what is missing. A field that is there has none, and neither has any
    /// when nothing fits one of them: a command with the other alone would not work.
    std::optional<std::string> time_field;
    std::optional<std::string> id_field;
};

struct MissingFields {
    bool time = false;
    bool id = false;
};

/// `lines`: valid records.
[[nodiscard]] MissingFieldsError missing_fields_error(std::span<const std::string_view> lines,
                                                      const ReadingRules& rules,
                                                      MissingFields missing);

}  // namespace stream_analyzer
