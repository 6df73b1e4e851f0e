// The order in which people number files: part-2 before part-10.
#pragma once

#include <string_view>

namespace stream_analyzer {

/// Whether `left` comes before `right` when runs of digits compare as numbers and all other bytes
/// by value. Names that are equal in this sense ("a01", "a1") compare byte by byte, so that the
/// order is total.
[[nodiscard]] bool natural_less(std::string_view left, std::string_view right);

}  // namespace stream_analyzer
