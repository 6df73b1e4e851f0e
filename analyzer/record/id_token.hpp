// From the id field's token to the id's text.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "record/line_tokens.hpp"
#include "record/plain_integer.hpp"
#include "record/token_bytes.hpp"

namespace stream_analyzer {

enum class IdKind : std::uint8_t {
    id,
    null,
    wrong_type,  ///< true, a fraction, an exponent, an object, …
    not_utf8,    ///< spelled with an unpaired surrogate escape, which no UTF-8 can say
};

struct IdReading {
    IdKind kind = IdKind::id;
    std::string_view id;      ///< kind == id; points into the token or into the scratch
    bool in_scratch = false;  ///< it was spelled with escapes
};

/// Strings are ids as they read unescaped ("" too), integers as they are spelled: 12 and "12" are
/// one id. The integer -0 is 0. `token` is well-formed and not empty.
[[nodiscard]] IdReading read_id(Token token, std::string& scratch);

/// True if there is a backslash. Most ids are short: eight bytes at a time, without a call.
[[nodiscard]] inline bool has_backslash(std::string_view text) {
    constexpr std::size_t kShort_bytes = 64;
    const char* at = text.data();
    std::size_t left = text.size();
    if (left > kShort_bytes) return std::memchr(at, '\\', left) != nullptr;
    const auto eight_have_one = [](const char* bytes) {
        return places_of('\\', word_at(bytes)) != 0;
    };
    if (left >= 8) {
        for (; left > 8; at += 8, left -= 8) {
            if (eight_have_one(at)) return true;
        }
        return eight_have_one(at + left - 8);
    }
    for (; left != 0; ++at, --left) {
        if (*at == '\\') return true;
    }
    return false;
}

/// The common cases of read_id() for any token, well-formed or not: strings without escapes and
/// integers of at most 19 digits. False: read_id() knows. `may_have_escapes` is false only if
/// there is no backslash in the token.
[[nodiscard]] inline bool read_plain_id(Token token, std::string_view& id,
                                        bool may_have_escapes = true) {
    if (token.empty()) return false;
    if (token.front() == '"') {
        id = token.substr(1, token.size() - 2);
        return !may_have_escapes || !has_backslash(id);
    }
    std::uint64_t number = 0;
    id = token;
    return parse_plain_integer(token, number);
}

}  // namespace stream_analyzer
