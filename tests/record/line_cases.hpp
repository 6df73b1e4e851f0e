// Good and bad lines with their verdicts, as data: whoever reads lines must agree with this table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "record/interpret.hpp"
#include "record/reading_rules.hpp"
#include "record/reject.hpp"

namespace stream_analyzer::line_cases {

using R = RejectReason;

/// Which fields a case is read with; times count seconds, null ids are skipped.
enum class Fields : std::uint8_t {
    root,     ///< ts, uid
    pointer,  ///< /event/time, /user/id
    dotted,   ///< event.time, user.id
};

struct Expected {
    LineKind kind = LineKind::record;
    RejectReason reason{};
    std::int64_t time_us = 0;
    std::string id;
};

struct LineCase {
    Fields fields;
    std::string line;  ///< no line feed in it, not blank
    Expected at_structure;
    Expected at_full;
};

using LineCases = std::vector<LineCase>;

inline constexpr std::int64_t kTime_us = 1'468'244'385'000'000;

[[nodiscard]] inline Expected good(std::string id = "u1", std::int64_t time_us = kTime_us) {
    return {LineKind::record, {}, time_us, std::move(id)};
}
[[nodiscard]] inline Expected bad(RejectReason reason) {
    return {LineKind::reject, reason, 0, ""};
}
[[nodiscard]] inline Expected anonymous() {
    return {LineKind::anonymous, {}, kTime_us, ""};
}

[[nodiscard]] inline ReadingRules rules_for(Fields fields) {
    ReadingRules rules;
    rules.time_unit = TimeUnit::seconds;
    if (fields == Fields::pointer) {
        rules.time_field = FieldPath::parse("/event/time");
        rules.id_field = FieldPath::parse("/user/id");
    } else if (fields == Fields::dotted) {
        rules.time_field = FieldPath::parse("event.time");
        rules.id_field = FieldPath::parse("user.id");
    }
    return rules;
}

/// Appends cases; the short calls keep the tables readable.
class Table {
  public:
    explicit Table(Fields fields, LineCases& cases) : fields_(fields), cases_(cases) {}

    void both(std::string_view line, const Expected& expected) { add(line, expected, expected); }
    void both(std::string_view line, RejectReason reason) { both(line, bad(reason)); }
    void add(std::string_view line, const Expected& at_structure, const Expected& at_full) {
        cases_.push_back({fields_, std::string(line), at_structure, at_full});
    }
    /// Good at `structure`, not JSON at `full`.
    void only_structure(std::string_view line) { add(line, good(), bad(R::not_json)); }

  private:
    Fields fields_;
    LineCases& cases_;
};

/// A good record with one more member between the two fields.
[[nodiscard]] inline std::string with(std::string_view member) {
    return std::string(R"({"ts":1468244385,)").append(member).append(R"(,"uid":"u1"})");
}

}  // namespace stream_analyzer::line_cases

#include "line_cases_bytes.hpp"
#include "line_cases_fields.hpp"
#include "line_cases_grammar.hpp"

namespace stream_analyzer::line_cases {

[[nodiscard]] inline LineCases all_line_cases() {
    LineCases cases;
    add_grammar_cases(cases);
    add_number_cases(cases);
    add_string_cases(cases);
    add_broken_line_cases(cases);
    add_depth_cases(cases);
    add_root_field_cases(cases);
    add_pointer_field_cases(cases);
    add_dotted_field_cases(cases);
    add_time_and_id_cases(cases);
    add_control_character_cases(cases);
    add_utf8_cases(cases);
    return cases;
}

}  // namespace stream_analyzer::line_cases
