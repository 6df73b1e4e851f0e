// A dump through a scanner, held against the slow function.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catch2.hpp"
#include "input/chunk.hpp"
#include "record/judge_line.hpp"
#include "record/line_scanner.hpp"

namespace stream_analyzer::testing {

/// A copy of a dump with room behind it, as a chunk has it.
class PaddedDump {
  public:
    explicit PaddedDump(std::string_view dump)
        : size_(dump.size()), bytes_(std::make_unique<char[]>(dump.size() + kChunkPadding_bytes)) {
        std::ranges::copy(dump, bytes_.get());
        std::fill_n(bytes_.get() + size_, kChunkPadding_bytes, '"');
    }

    [[nodiscard]] const char* begin() const { return bytes_.get(); }
    [[nodiscard]] const char* end() const { return bytes_.get() + size_; }

  private:
    std::size_t size_;
    std::unique_ptr<char[]> bytes_;
};

/// Every line of `dump` that the scanner takes for good is, with the same tokens. Returns how many
/// it does.
inline std::size_t require_slow_verdicts(const StructureKernel& kernel, const FieldPlan& plan,
                                         CheckLevel level, std::string_view dump) {
    const PaddedDump padded(dump);
    LineScanner scanner(kernel, level, plan);
    scanner.start(padded.begin(), padded.end());
    std::size_t good = 0;
    while (!scanner.at_end()) {
        const char* const begin = scanner.line_begin();
        const ScannedLine scanned = scanner.next();
        const std::string_view line(begin, scanned.line_end);
        CAPTURE(kernel.name, line);
        REQUIRE((scanned.shape == LineShape::blank) == is_blank(line));
        if (scanned.shape != LineShape::good) continue;
        LineTokens tokens;
        REQUIRE(judge_line(line, plan, level, tokens) == std::nullopt);
        REQUIRE(std::ranges::equal(scanned.tokens, tokens));
        ++good;
    }
    return good;
}

[[nodiscard]] inline FieldPlan plan_of(std::initializer_list<std::string_view> names) {
    std::vector<FieldPath> fields;
    for (const std::string_view name : names)
        fields.push_back(FieldPath::parse(name));
    return FieldPlan(fields);
}

}  // namespace stream_analyzer::testing
