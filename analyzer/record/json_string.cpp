#include "record/json_string.hpp"

#include <optional>

#include "record/json_grammar.hpp"

namespace stream_analyzer {

namespace {

/// Of the four digits of a \u escape that scan_escape has passed.
std::uint32_t code_unit(const char* digits) {
    std::uint32_t unit = 0;
    for (int i = 0; i < 4; ++i)
        unit = unit * 16 + static_cast<std::uint32_t>(hex_value(digits[i]));
    return unit;
}

constexpr bool is_high_surrogate(std::uint32_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

constexpr bool is_low_surrogate(std::uint32_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// Low six bits, as a following byte of a sequence.
char follower(std::uint32_t bits) {
    return static_cast<char>(0x80U | (bits & 0x3FU));
}

/// RFC 3629, section 3; `code` is a scalar value.
void append_utf8(std::uint32_t code, std::string& text) {
    if (code < 0x80) {
        text.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
        text.push_back(static_cast<char>(0xC0U | (code >> 6U)));
        text.push_back(follower(code));
    } else if (code < 0x10000) {
        text.push_back(static_cast<char>(0xE0U | (code >> 12U)));
        text.push_back(follower(code >> 6U));
        text.push_back(follower(code));
    } else {
        text.push_back(static_cast<char>(0xF0U | (code >> 18U)));
        text.push_back(follower(code >> 12U));
        text.push_back(follower(code >> 6U));
        text.push_back(follower(code));
    }
}

/// The code unit of a \u escape at `at`, if one stands there.
std::optional<std::uint32_t> unicode_escape(const char* at, const char* end) {
    if (at == end || *at != '\\') return std::nullopt;
    const Scan escape = scan_escape(at, end);
    if (escape.end != ScanEnd::complete || at[1] != 'u') return std::nullopt;
    return code_unit(at + 2);
}

constexpr int kUnicodeEscape_bytes = 6;

/// The \u escape at `at`, or the pair of them; moves `at` behind.
Unescaped append_unicode(const char*& at, const char* end, std::string& text) {
    const std::uint32_t unit = code_unit(at + 2);
    at += kUnicodeEscape_bytes;
    if (is_low_surrogate(unit)) return Unescaped::unpaired_surrogate;
    if (!is_high_surrogate(unit)) {
        append_utf8(unit, text);
        return Unescaped::text;
    }
    const std::optional<std::uint32_t> low = unicode_escape(at, end);
    if (!low || !is_low_surrogate(*low)) return Unescaped::unpaired_surrogate;
    at += kUnicodeEscape_bytes;
    append_utf8(0x10000U + ((unit - 0xD800U) << 10U) + (*low - 0xDC00U), text);
    return Unescaped::text;
}

}  // namespace

char short_escape(char letter) {
    switch (letter) {
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return letter;
    }
}

Unescaped unescape(std::string_view raw, std::string& text) {
    text.clear();
    const char* at = raw.data();
    const char* const end = at + raw.size();
    while (at != end) {
        if (*at != '\\') {
            text.push_back(*at++);
            continue;
        }
        if (scan_escape(at, end).end != ScanEnd::complete) return Unescaped::bad_escape;
        if (at[1] == 'u') {
            const Unescaped result = append_unicode(at, end, text);
            if (result != Unescaped::text) return result;
        } else {
            text.push_back(short_escape(at[1]));
            at += 2;
        }
    }
    return Unescaped::text;
}

}  // namespace stream_analyzer
