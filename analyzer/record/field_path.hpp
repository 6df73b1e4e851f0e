// Where a field stands in a record: a root name, a dotted path or a JSON Pointer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stream_analyzer {

/// The spellings of --time-field, --id-field and --where:
///   "ts"           the root member "ts"
///   "user.id"      the root member "user.id" if the record has one, else member "id" of "user"
///   "/user/id"     a JSON Pointer (RFC 6901, with ~0 and ~1): member "id" of the object "user"
/// Members of arrays cannot be addressed: a digit in a pointer is a member's name.
struct FieldPath {
    /// Deeper paths are refused; it bounds what a scanner must remember of where it stands.
    static constexpr std::size_t kMaxKeys = 16;

    std::string text;                 ///< as the user wrote it
    std::vector<std::string> keys;    ///< unescaped member names from the root; never empty
    bool literal_root_first = false;  ///< dotted: a root member named `text` goes before `keys`

    /// Throws UsageError for "", a pointer with a bad escape ("~2"), or more than kMaxKeys keys.
    [[nodiscard]] static FieldPath parse(std::string_view text);

    /// The spelling that parse() reads back as exactly these keys: the plain name of a root member
    /// where that is unambiguous, else a pointer. `keys` must not be empty.
    [[nodiscard]] static std::string spelling_of(const std::vector<std::string>& keys);
};

}  // namespace stream_analyzer
