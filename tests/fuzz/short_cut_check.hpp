// The scanner's short cuts over any bytes: what they say of a line is what the slow function says.
#pragma once

#include <string_view>

#include "record/reading_rules.hpp"

namespace stream_analyzer::fuzz {

/// Looks at the lines of `dump` again and again, so that their layouts and skeletons are learned
/// and used. kChunkPadding_bytes behind it must be readable.
void check_short_cuts(std::string_view dump, const ReadingRules& rules);

}  // namespace stream_analyzer::fuzz
