#include "record/json_grammar.hpp"

#include <string_view>

namespace stream_analyzer {

namespace {

struct ByteRange {
    unsigned char low;
    unsigned char high;
};

/// What may follow the first byte of a sequence; later bytes are 80..BF always.
ByteRange second_byte_of(unsigned char first) {
    switch (first) {
        case 0xE0:
            return {0xA0, 0xBF};  // below: overlong
        case 0xED:
            return {0x80, 0x9F};  // above: surrogates
        case 0xF0:
            return {0x90, 0xBF};  // below: overlong
        case 0xF4:
            return {0x80, 0x8F};  // above: past U+10FFFF
        default:
            return {0x80, 0xBF};
    }
}

const char* skip_digits(const char* at, const char* end) {
    while (at != end && is_digit(*at))
        ++at;
    return at;
}

/// One digit and more.
Scan scan_digits(const char* at, const char* end) {
    if (at == end) return {at, ScanEnd::cut};
    if (!is_digit(*at)) return {at, ScanEnd::offending};
    return {skip_digits(at, end), ScanEnd::complete};
}

}  // namespace

Scan scan_utf8(const char* at, const char* end) {
    const auto first = static_cast<unsigned char>(*at);
    if (!begins_utf8(first)) return {at, ScanEnd::offending};
    ++at;
    if (first < 0x80) return {at, ScanEnd::complete};
    const int followers = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    ByteRange range = second_byte_of(first);
    for (int i = 0; i < followers; ++i, ++at) {
        if (at == end) return {at, ScanEnd::cut};
        const auto byte = static_cast<unsigned char>(*at);
        if (byte < range.low || byte > range.high) return {at, ScanEnd::offending};
        range = {0x80, 0xBF};
    }
    return {at, ScanEnd::complete};
}

Scan scan_number(const char* at, const char* end) {
    if (*at == '-') ++at;
    if (at != end && *at == '0') {
        ++at;
    } else {
        const Scan whole = scan_digits(at, end);
        if (whole.end != ScanEnd::complete) return whole;
        at = whole.at;
    }
    if (at != end && *at == '.') {
        const Scan fraction = scan_digits(at + 1, end);
        if (fraction.end != ScanEnd::complete) return fraction;
        at = fraction.at;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-')) ++at;
        return scan_digits(at, end);
    }
    return {at, ScanEnd::complete};
}

Scan scan_literal(const char* at, const char* end) {
    const std::string_view literal = *at == 't' ? "true" : *at == 'f' ? "false" : "null";
    for (const char expected : literal) {
        if (at == end) return {at, ScanEnd::cut};
        if (*at != expected) return {at, ScanEnd::offending};
        ++at;
    }
    return {at, ScanEnd::complete};
}

Scan scan_escape(const char* at, const char* end) {
    ++at;
    if (at == end) return {at, ScanEnd::cut};
    constexpr std::string_view kShort = "\"\\/bfnrt";
    if (kShort.find(*at) != std::string_view::npos) return {at + 1, ScanEnd::complete};
    if (*at != 'u') return {at, ScanEnd::offending};
    ++at;
    for (int i = 0; i < 4; ++i, ++at) {
        if (at == end) return {at, ScanEnd::cut};
        if (hex_value(*at) < 0) return {at, ScanEnd::offending};
    }
    return {at, ScanEnd::complete};
}

}  // namespace stream_analyzer
