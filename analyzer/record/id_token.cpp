#include "record/id_token.hpp"

#include "record/json_grammar.hpp"
#include "record/json_string.hpp"

namespace stream_analyzer {

IdReading read_id(Token token, std::string& scratch) {
    IdReading reading;
    if (read_plain_id(token, reading.id)) return reading;
    if (token.front() == '"') {
        const std::string_view raw = token.substr(1, token.size() - 2);
        reading.in_scratch = true;
        if (unescape(raw, scratch) != Unescaped::text) reading.kind = IdKind::not_utf8;
        reading.id = scratch;
    } else if (begins_number(token.front()) &&
               token.find_first_of(".eE") == std::string_view::npos) {
        reading.id = token == "-0" ? token.substr(1) : token;
    } else {
        reading.kind = token == "null" ? IdKind::null : IdKind::wrong_type;
    }
    return reading;
}

}  // namespace stream_analyzer
