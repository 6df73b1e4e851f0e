// What a field's name says about its meaning, as far as names can be trusted.
#pragma once

#include <string>
#include <vector>

namespace stream_analyzer {

/// How much a member's name sounds like an event time or like the id of a user. 0: not at all.
/// The weights only order suggestions; they are judgement, not measurement.
struct NameHint {
    double time = 0;
    double id = 0;
};

/// `keys` are the member names from the root; the last one counts most, and "id" takes its meaning
/// from the object around it ("/user/id").
[[nodiscard]] NameHint hint_of(const std::vector<std::string>& keys);

}  // namespace stream_analyzer
