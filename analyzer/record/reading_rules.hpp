// Everything that decides what a line counts as.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event_time.hpp"
#include "record/field_path.hpp"
#include "record/judge_line.hpp"
#include "record/time_unit.hpp"

namespace stream_analyzer {

/// What becomes of a record whose id is null (--null-id).
enum class NullIdPolicy : std::uint8_t {
    skip,    ///< counted as anonymous, in no window
    count,   ///< anonymous too, but one more record of its window, of no user
    reject,  ///< wrong type of id
};

/// One --where: PATH=VALUE keeps the records whose scalar at PATH has this text (a string
/// unescaped, a number or literal as it is spelled); PATH!=VALUE keeps all others, those without
/// PATH included.
struct WhereClause {
    FieldPath path;
    std::string value;
    bool equal = true;

    /// Splits at the first "!=" or "=". Throws UsageError when there is neither, or for a bad PATH.
    [[nodiscard]] static WhereClause parse(std::string_view text);
};

struct ReadingRules {
    FieldPath time_field = FieldPath::parse("ts");
    FieldPath id_field = FieldPath::parse("uid");
    /// Absent: chosen by the pipeline from the first records before counting begins.
    std::optional<TimeUnit> time_unit;
    /// Zone of ISO 8601 texts without an offset: "UTC", "+02:00", an IANA name; see
    /// assumed_zone.hpp.
    std::string assume_timezone = "UTC";
    NullIdPolicy null_id = NullIdPolicy::skip;
    std::vector<WhereClause> where;
    std::optional<EventTime> since;  ///< inclusive
    std::optional<EventTime> until;  ///< exclusive
    CheckLevel check = CheckLevel::structure;
};

}  // namespace stream_analyzer
