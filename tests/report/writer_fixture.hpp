// One small comparison for the golden tests of all writers, and a reader of CSV to check them with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compare/comparison_fixture.hpp"

namespace stream_analyzer {

/// Three minutes and two sketches: one window is saturated, one z undefined.
inline WindowedCounts small_counts() {
    return minutes({minute_window(0, 16'193, {{16'190.1234567, false}, {16'500, false}}),
                    minute_window(1, 41'130, {kSaturated, {41'030.25, false}}),
                    minute_window(3, 120, {{120.0000001, false}, {121.5, false}})});
}

inline std::vector<ComparedSketch> small_sketches() {
    return {flat_sketch("lc:4KiB", 4096, 0.005), flat_sketch("hll:12", 3072, 0.0155)};
}

/// The fields of every record (RFC 4180, LF).
inline std::vector<std::vector<std::string>> read_csv(std::string_view text) {
    std::vector<std::vector<std::string>> records;
    std::vector<std::string> record{""};
    bool in_quotes = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_quotes && c == '"' && text.substr(i).starts_with("\"\"")) {
            record.back() += text[++i];
        } else if (c == '"') {
            in_quotes = !in_quotes;
        } else if (in_quotes || (c != ',' && c != '\n')) {
            record.back() += c;
        } else if (c == ',') {
            record.emplace_back();
        } else {
            records.push_back(record);
            record.assign(1, "");
        }
    }
    return records;
}

}  // namespace stream_analyzer
