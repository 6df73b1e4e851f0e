// One field of a CSV line (RFC 4180).
#pragma once

#include <string>
#include <string_view>

namespace stream_analyzer {

/// The text as a CSV field: as it is, or, when it holds a comma, a quote, CR or LF or begins or
/// ends with a blank, in quotes with its quotes doubled (RFC 4180, section 2, rules 5 to 7).
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace stream_analyzer
