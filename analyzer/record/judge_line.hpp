// The slow function: the verdict on one line, byte by byte. It defines what the fast kernels mean;
// they hand it every line that they do not recognise as good.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "record/field_plan.hpp"
#include "record/line_tokens.hpp"
#include "record/reject.hpp"

namespace stream_analyzer {

/// How much of a line is checked (--check).
///
/// `structure`: every byte is looked at. Strings are closed and hold no byte below 0x20; the line
/// is valid UTF-8; outside of strings there is no byte below 0x20 but tab and CR; bracket kinds
/// match and close exactly at the line's end, at most kMaxDepth open at once. In the root and in
/// the tracked objects keys, colons, commas and the kinds of values are checked: a scalar is
/// everything up to the next blank, bracket, colon, comma or quote and begins with one of
/// -0123456789tfn. Deeper, only brackets and strings are. A backslash in a string escapes the byte
/// after it, whatever that is.
///
/// `full`: RFC 8259 on every byte. Numbers of any size and unpaired surrogate escapes are valid, as
/// the grammar has it.
///
/// The tokens of the wanted fields are checked in full (numbers, literals, escapes) at both levels,
/// but not here: a kernel finds the same tokens, so Interpreter does it for both. Of a member that
/// comes several times only the last one's token is such a token; at `structure` an earlier one is
/// a scalar or string like any other.
enum class CheckLevel : std::uint8_t { structure, full };

/// Brackets open at once, the root's included.
inline constexpr std::size_t kMaxDepth = 1024;

/// Judges `line` (without its line feed; not blank). On success `tokens` (resized to plan.slots())
/// holds the wanted fields and nothing is returned. Otherwise `tokens` is unspecified, and the
/// reason that belongs to the first offending byte is returned: the first at which no continuation
/// could make the line good. The line's end is the offending byte of a truncated line, also inside
/// a UTF-8 sequence that is valid so far. An offending byte that is a control character, or that no
/// UTF-8 sequence begins with, is named so wherever it stands, behind the object too.
///
/// A line that does not begin with '{' is `not_an_object` if it is a JSON value (a scalar is
/// checked in full for this, an array as the level has it); else the reason is that of its first
/// offending byte as a JSON value, `not_json` for what follows a complete one. A byte order mark,
/// which the reader skips at a file's start only, is `not_json`.
///
/// Keys spelled with escapes match; keys that no UTF-8 can say, or with a bad escape, match
/// nothing. Linear in the line's length; constant memory.
[[nodiscard]] std::optional<RejectReason> judge_line(std::string_view line, const FieldPlan& plan,
                                                     CheckLevel level, LineTokens& tokens);

/// Space, tab and CR only.
[[nodiscard]] bool is_blank(std::string_view line);

}  // namespace stream_analyzer
