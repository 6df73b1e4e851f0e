#include "report/csv_field.hpp"

namespace stream_analyzer {

std::string csv_field(std::string_view text) {
    // Outer blanks belong to the field, but many readers trim them unless they are quoted.
    const bool has_outer_blank = text.starts_with(' ') || text.ends_with(' ');
    if (text.find_first_of(",\"\r\n") == std::string_view::npos && !has_outer_blank) {
        return std::string(text);
    }
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    quoted += '"';
    return quoted;
}

}  // namespace stream_analyzer
