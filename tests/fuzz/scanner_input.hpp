// How the scanner fuzzer understands its bytes: a head that chooses the rules, then the dump.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "../record/line_cases.hpp"
#include "core/error.hpp"
#include "input/chunk.hpp"
#include "record/reading_rules.hpp"

namespace stream_analyzer::fuzz {

/// The head's bytes, in this order.
struct ScannerHead {
    static constexpr std::size_t kBytes = 4;

    /// Bits 0..1: which fields; 3: they stand in the dump's first three lines (time, id, --where).
    /// Bits 2..4: the time unit. Bits 5..6: what becomes of a null id.
    std::uint8_t rules = 0;
    std::uint8_t chunk_bytes = 0;  ///< minus one
    std::uint8_t max_line_bytes = 0;
    /// What stands behind the last line, where a kernel may read but not believe.
    std::uint8_t padding = 0;

    [[nodiscard]] std::string text() const {
        std::string text;
        for (const std::uint8_t byte : {rules, chunk_bytes, max_line_bytes, padding})
            text += static_cast<char>(byte);
        return text;
    }
};

struct ScannerInput {
    ReadingRules rules;
    std::size_t max_line_bytes = kDefaultMaxLine_bytes;
    std::size_t chunk_bytes = 1;
    char padding = 0;
    std::string_view dump;
};

inline constexpr std::uint8_t kFieldsFromDump = 3;

namespace detail {

/// Cuts the first line off `text`.
inline std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

inline void take_fields(std::string_view& dump, ReadingRules& rules) {
    rules.time_field = FieldPath::parse(take_line(dump));
    rules.id_field = FieldPath::parse(take_line(dump));
    const std::string_view where = take_line(dump);
    if (!where.empty()) rules.where.push_back(WhereClause::parse(where));
}

}  // namespace detail

/// Nothing when the head is incomplete or asks for what a command line could not ask for.
[[nodiscard]] inline std::optional<ScannerInput> read_scanner_input(std::string_view bytes) {
    if (bytes.size() < ScannerHead::kBytes) return std::nullopt;
    const auto head = [&](std::size_t index) { return static_cast<std::uint8_t>(bytes[index]); };
    constexpr std::uint8_t kUnits = 5;
    ScannerInput input;
    input.dump = bytes.substr(ScannerHead::kBytes);
    const std::uint8_t fields = head(0) & 3U;
    try {
        if (fields == kFieldsFromDump) {
            detail::take_fields(input.dump, input.rules);
        } else {
            input.rules = line_cases::rules_for(static_cast<line_cases::Fields>(fields));
        }
    } catch (const UsageError&) {
        return std::nullopt;
    }
    input.rules.time_unit = static_cast<TimeUnit>((head(0) >> 2U & 7U) % kUnits);
    input.rules.null_id = static_cast<NullIdPolicy>((head(0) >> 5U & 3U) % 3U);
    input.chunk_bytes = std::size_t{1} + head(1);
    if (head(2) != 0) input.max_line_bytes = std::size_t{4} * head(2);
    input.padding = static_cast<char>(head(3));
    return input;
}

}  // namespace stream_analyzer::fuzz
