#include "report/html_text.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/printable.hpp"

namespace stream_analyzer {

namespace {

/// Line and paragraph separator, and the controls of Unicode's bidirectional algorithm (UAX #9, 2).
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kSpelledOut{{
    {"\u061c", "\\u061c"},
    {"\u200e", "\\u200e"},
    {"\u200f", "\\u200f"},
    {"\u2028", "\\u2028"},
    {"\u2029", "\\u2029"},
    {"\u202a", "\\u202a"},
    {"\u202b", "\\u202b"},
    {"\u202c", "\\u202c"},
    {"\u202d", "\\u202d"},
    {"\u202e", "\\u202e"},
    {"\u2066", "\\u2066"},
    {"\u2067", "\\u2067"},
    {"\u2068", "\\u2068"},
    {"\u2069", "\\u2069"},
}};

/// The JSON library knows UTF-8: what it writes it reads back with bad bytes replaced.
std::string valid_utf8(std::string_view text) {
    return Json::parse(json_text(Json(std::string(text)))).get<std::string>();
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
}

}  // namespace

std::string visible_text(std::string_view text) {
    std::string shown = printable(valid_utf8(text));
    for (const auto& [mark, spelling] : kSpelledOut)
        replace_all(shown, mark, spelling);
    return shown;
}

std::string html_text(std::string_view text) {
    std::string escaped;
    for (const char c : visible_text(text)) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

std::string script_json(const Json& value) {
    std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
    // These stand in strings only, where an escape means the same.
    for (const auto& [character, escape] :
         {std::pair{"<", "\\u003c"}, std::pair{">", "\\u003e"}, std::pair{"&", "\\u0026"}}) {
        replace_all(text, character, escape);
    }
    return text;
}

}  // namespace stream_analyzer
