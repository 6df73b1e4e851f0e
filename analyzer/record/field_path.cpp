#include "record/field_path.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace stream_analyzer {

namespace {

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

/// RFC 6901, section 4: "~1" stands for "/", "~0" for "~".
std::string unescape_pointer_key(std::string_view key) {
    std::string name;
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (key[i] != '~') {
            name.push_back(key[i]);
            continue;
        }
        ++i;
        const char escaped = i < key.size() ? key[i] : '\0';
        if (escaped != '0' && escaped != '1') {
            throw UsageError("no JSON Pointer; write '~' as '~0' and a '/' inside a name as '~1'");
        }
        name.push_back(escaped == '0' ? '~' : '/');
    }
    return name;
}

std::string escape_pointer_key(std::string_view name) {
    std::string key;
    for (const char c : name) {
        if (c == '~') {
            key += "~0";
        } else if (c == '/') {
            key += "~1";
        } else {
            key.push_back(c);
        }
    }
    return key;
}

}  // namespace

FieldPath FieldPath::parse(std::string_view text) {
    if (text.empty()) throw UsageError("the name of a field must not be empty");
    FieldPath path;
    path.text = text;
    if (text.front() == '/') {
        path.keys = split(text.substr(1), '/');
        for (std::string& key : path.keys)
            key = unescape_pointer_key(key);
    } else {
        path.keys = split(text, '.');
        path.literal_root_first = path.keys.size() > 1;
    }
    if (path.keys.size() > kMaxKeys) {
        throw UsageError(fmt::format("nested deeper than {} names", kMaxKeys));
    }
    return path;
}

std::string FieldPath::spelling_of(const std::vector<std::string>& keys) {
    const std::string& first = keys.front();
    const bool plain_name = keys.size() == 1 && !first.empty() && first.front() != '/' &&
                            first.find('.') == std::string::npos;
    if (plain_name) return first;
    std::string pointer;
    for (const std::string& key : keys) {
        pointer.push_back('/');
        pointer += escape_pointer_key(key);
    }
    return pointer;
}

}  // namespace stream_analyzer
