// The full check of a wanted field's own token.
#pragma once

#include <string_view>

#include "record/line_tokens.hpp"

namespace stream_analyzer {

/// A number of JSON's grammar and nothing else.
[[nodiscard]] bool is_number(std::string_view text);

/// A token of a line that is good at level `structure` may still hold a bad number ("01"), literal
/// ("nul") or escape ("\q"). True when it does not; an absent field's token has nothing to hold,
/// and of an object or array there is only the bracket.
[[nodiscard]] bool is_well_formed(Token token);

}  // namespace stream_analyzer
