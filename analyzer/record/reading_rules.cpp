#include "record/reading_rules.hpp"

#include "core/error.hpp"

namespace stream_analyzer {

WhereClause WhereClause::parse(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
        throw UsageError("no condition; write PATH=VALUE or PATH!=VALUE");
    }
    WhereClause clause;
    clause.equal = equals == 0 || text[equals - 1] != '!';
    clause.path = FieldPath::parse(text.substr(0, clause.equal ? equals : equals - 1));
    clause.value = text.substr(equals + 1);
    return clause;
}

}  // namespace stream_analyzer
