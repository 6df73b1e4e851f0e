// The raw text of the wanted fields of one line.
#pragma once

#include <string_view>
#include <vector>

namespace stream_analyzer {

/// A value as it stands in the line: a string with its quotes, a number or literal without the
/// blanks around it, or only the opening bracket of an object or array. Empty: the field is absent.
/// Points into the line.
using Token = std::string_view;

/// One token a slot of the FieldPlan. Reused from line to line.
using LineTokens = std::vector<Token>;

}  // namespace stream_analyzer
