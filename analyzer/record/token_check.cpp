#include "record/token_check.hpp"

#include "record/json_grammar.hpp"

namespace stream_analyzer {

namespace {

bool has_good_escapes(std::string_view raw) {
    const char* const end = raw.data() + raw.size();
    for (std::size_t at = raw.find('\\'); at != std::string_view::npos; at = raw.find('\\', at)) {
        const Scan escape = scan_escape(raw.data() + at, end);
        if (escape.end != ScanEnd::complete) return false;
        at = static_cast<std::size_t>(escape.at - raw.data());
    }
    return true;
}

bool is_complete(Scan scan, const char* end) {
    return scan.end == ScanEnd::complete && scan.at == end;
}

}  // namespace

bool is_number(std::string_view text) {
    if (text.empty() || !begins_number(text.front())) return false;
    const char* const end = text.data() + text.size();
    return is_complete(scan_number(text.data(), end), end);
}

bool is_well_formed(Token token) {
    if (token.empty()) return true;
    const char first = token.front();
    if (first == '"') return has_good_escapes(token.substr(1, token.size() - 2));
    if (first == '{' || first == '[') return true;
    if (begins_number(first)) return is_number(token);
    const char* const end = token.data() + token.size();
    return is_complete(scan_literal(token.data(), end), end);
}

}  // namespace stream_analyzer
