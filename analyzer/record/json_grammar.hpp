// The smallest parts of JSON's grammar (RFC 8259) and of UTF-8 (RFC 3629), byte by byte.
#pragma once

#include <cstdint>

namespace stream_analyzer {

/// How far a rule got.
enum class ScanEnd : std::uint8_t {
    complete,   ///< `at` is one past the element
    offending,  ///< `at` is the first byte that no continuation can make good
    cut,        ///< the text ends (`at` == end) inside an element that is good so far
};

struct Scan {
    const char* at;
    ScanEnd end;
};

/// A line's blanks. The line feed, JSON's fourth, ends the line.
[[nodiscard]] constexpr bool is_blank_byte(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20;
}

[[nodiscard]] constexpr bool is_multibyte(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}

[[nodiscard]] constexpr bool begins_literal(char c) {
    return c == 't' || c == 'f' || c == 'n';
}

[[nodiscard]] constexpr bool begins_number(char c) {
    return c == '-' || is_digit(c);
}

/// Ends a number or literal: a blank, a bracket, a colon, a comma, a quote.
[[nodiscard]] constexpr bool is_delimiter(char c) {
    return is_blank_byte(c) || c == '{' || c == '}' || c == '[' || c == ']' || c == ':' ||
           c == ',' || c == '"';
}

/// False for bytes that no UTF-8 sequence begins with.
[[nodiscard]] constexpr bool begins_utf8(unsigned char byte) {
    return byte < 0x80 || (byte >= 0xC2 && byte <= 0xF4);
}

/// One sequence at `at` < `end`; the table of RFC 3629, section 4: no overlong forms, no
/// surrogates, nothing above U+10FFFF.
[[nodiscard]] Scan scan_utf8(const char* at, const char* end);

/// An optional '-' and digits, fraction, exponent; `at` is at '-' or a digit. The longest number
/// that stands there: "01" is the number 0, and what follows is for the caller to refuse.
[[nodiscard]] Scan scan_number(const char* at, const char* end);

/// "true", "false" or "null"; `at` is at its first letter.
[[nodiscard]] Scan scan_literal(const char* at, const char* end);

/// One escape of a string, surrogates one by one; `at` is at the backslash.
[[nodiscard]] Scan scan_escape(const char* at, const char* end);

/// The value of a hexadecimal digit, or -1.
[[nodiscard]] constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace stream_analyzer
