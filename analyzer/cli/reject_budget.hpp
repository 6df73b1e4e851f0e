// How many rejects a run may have (--max-rejects).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace stream_analyzer {

/// "100" lines or "0.5%" of all lines. Without either, any number.
struct RejectBudget {
    std::optional<std::uint64_t> lines;
    std::optional<double> share;  ///< a fraction of all lines

    /// Throws UsageError when the text is neither.
    [[nodiscard]] static RejectBudget parse(const std::string& text);

    [[nodiscard]] bool is_exceeded_by(std::uint64_t rejects, std::uint64_t all_lines) const {
        if (lines && rejects > *lines) return true;
        return share && static_cast<double>(rejects) > *share * static_cast<double>(all_lines);
    }
};

}  // namespace stream_analyzer
