// Each kernel against judge_line, which defines what it means.
#include "record/structure_kernel.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "core/error.hpp"
#include "core/hash64.hpp"
#include "input/chunk.hpp"
#include "line_cases.hpp"
#include "record/judge_line.hpp"
#include "record/line_scanner.hpp"

namespace stream_analyzer {
namespace {

// The lines' bytes at the very end of what may be read, behind them the padding, filled with what
// would do most harm if a kernel believed it.
class Buffer {
  public:
    Buffer(std::string_view bytes, char filler)
        : size_(bytes.size()), memory_(std::make_unique<char[]>(size_ + kChunkPadding_bytes)) {
        std::copy(bytes.begin(), bytes.end(), memory_.get());
        std::fill_n(memory_.get() + size_, kChunkPadding_bytes, filler);
    }

    [[nodiscard]] const char* begin() const { return memory_.get(); }
    [[nodiscard]] const char* end() const { return begin() + size_; }

  private:
    std::size_t size_;
    std::unique_ptr<char[]> memory_;
};

constexpr std::array kLevels{CheckLevel::structure, CheckLevel::full};

std::vector<std::string> texts_of(std::span<const Token> tokens) {
    return {tokens.begin(), tokens.end()};
}

// Checks one scan of `line`, with `behind` after it. Returns whether the kernel said good.
bool require_agreement(const StructureKernel& kernel, CheckLevel level, const FieldPlan& plan,
                       const std::string& line, std::string_view behind, char filler) {
    const Buffer buffer(line + std::string(behind), filler);
    LineScanner scanner(kernel, level, plan);
    scanner.start(buffer.begin(), buffer.end());
    const ScannedLine scanned = scanner.next();
    CAPTURE(kernel.name, line);
    REQUIRE(scanned.line_end == buffer.begin() + line.size());
    REQUIRE((scanned.shape == LineShape::blank) == is_blank(line));
    if (scanned.shape != LineShape::good) return false;
    LineTokens expected;
    const std::string_view scanned_line(buffer.begin(), line.size());
    REQUIRE(judge_line(scanned_line, plan, level, expected) == std::nullopt);
    REQUIRE(texts_of(scanned.tokens) == texts_of(expected));
    return true;
}

TEST_CASE("kernels agree with the slow function on every line of the table") {
    for (const StructureKernel& kernel : structure_kernels()) {
        for (const line_cases::LineCase& c : line_cases::all_line_cases()) {
            const FieldPlan plan(wanted_fields(line_cases::rules_for(c.fields)));
            for (const std::string_view behind :
                 {"", "\n", "\n{\"ts\":1,\"uid\":\"x\"}\n", "\n\"\n"}) {
                for (const CheckLevel level : kLevels) {
                    (void)require_agreement(kernel, level, plan, c.line, behind, '"');
                }
            }
        }
    }
}

// What comes most often must not fall to the slow function.
TEST_CASE("kernels recognise good lines of every usual form by themselves") {
    const std::vector<FieldPath> fields{FieldPath::parse("ts"), FieldPath::parse("uid"),
                                        FieldPath::parse("/user/id"),
                                        FieldPath::parse("event.time")};
    const FieldPlan plan(fields);
    const std::string line = GENERATE(
        R"({"ts":1468244385,"uid":"9bfcae2f7c3a4ec2add"})",
        R"( { "uid" : "a\"b\\" , "ts" : "1" } )",
        R"({"event":{"time":"2016-07-11T13:39:45Z"},"user":{"id":17,"tags":[{"id":[1,"]"]}]}})",
        R"({"t\u0073":1,"text":"Ёлка, ёж и подъезд","n":null,"b":true,"x":-1.5e-3})",
        "{\"ts\":1,\"uid\":\"x\"}\r", R"({"a":[[[[{"b":{}}]]]],"user":{"id":{"id":1}},"uid":""})");
    const CheckLevel level = GENERATE(CheckLevel::structure, CheckLevel::full);
    for (const StructureKernel& kernel : structure_kernels()) {
        REQUIRE(require_agreement(kernel, level, plan, line, "\n", '{'));
        // Moved through all positions relative to a block's edges.
        for (std::size_t shift = 0; shift < 130; ++shift) {
            const std::string shifted = std::string(shift, ' ') + line;
            REQUIRE(require_agreement(kernel, level, plan, shifted, "\n", '"'));
            REQUIRE(require_agreement(kernel, level, plan, shifted, "\n{", '\\'));
        }
    }
}

class Mutations {
  public:
    std::string next() {
        std::string line(sample());
        for (std::uint64_t changes = below(4); changes > 0; --changes) {
            change(line);
        }
        return line;
    }

    std::uint64_t below(std::uint64_t limit) {
        state_ += 0x9e3779b97f4a7c15U;
        return mix64(state_) % limit;
    }

  private:
    std::string_view sample() {
        static constexpr std::string_view kSamples[] = {
            R"({"ts":1468244385,"uid":"9bfcae2f7c3a4ec2add"})",
            R"({ "uid" : "a\"b\\" , "x":[1,{"ts":2}],"ts":"12", "a":{"b":1,"c":[2],"b":{"d":[]}},"a":3, "d":{"e":"\u00e9 é ж"}, "t":true,"n":null } )",
            R"({"a":{"b":"x","c":12.5 },"a.c":7,"ts":1,"ts":2,"uid":-0,"long":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\\\\\\"b"})",
            "", " \t\r"};
        return kSamples[below(std::size(kSamples))];
    }

    void change(std::string& line) {
        static constexpr std::string_view kBytes = "{}[]:,\"\\ \tt1an\r\x01\xc3\xa9u-";
        const std::size_t at = line.empty() ? 0 : below(line.size() + 1);
        switch (below(4)) {
            case 0:
                line.insert(at, 1, kBytes[below(kBytes.size())]);
                break;
            case 1:
                if (at < line.size()) line.erase(at, 1);
                break;
            case 2:
                if (at < line.size()) line[at] = kBytes[below(kBytes.size())];
                break;
            default:
                line.insert(at, sample().substr(0, below(30)));
        }
    }

    std::uint64_t state_ = 7;
};

TEST_CASE("kernels agree with the slow function on 100,000 damaged lines") {
    const std::vector<FieldPath> fields{FieldPath::parse("ts"), FieldPath::parse("uid"),
                                        FieldPath::parse("/a/b"), FieldPath::parse("a.c")};
    const FieldPlan plan(fields);
    Mutations mutations;
    int good = 0;
    int odd = 0;
    for (int i = 0; i < 100'000; ++i) {
        const std::string line = mutations.next();
        const std::string_view behind = mutations.below(2) == 0 ? "" : "\n{\"ts\":3}\n";
        if (line.empty() && behind.empty()) continue;
        for (const StructureKernel& kernel : structure_kernels()) {
            for (const CheckLevel level : kLevels) {
                const char filler = "\"{n\n"[i % 4];
                ++(require_agreement(kernel, level, plan, line, behind, filler) ? good : odd);
            }
        }
    }
    REQUIRE(good > 30'000);
    REQUIRE(odd > 30'000);
}

TEST_CASE("the environment chooses the kernel, and a wrong name is refused") {
    ::setenv("STREAM_ANALYZER_KERNEL", "portable", 1);
    REQUIRE(choose_structure_kernel().name == "portable");
    ::setenv("STREAM_ANALYZER_KERNEL", "avx9", 1);
    REQUIRE_THROWS_AS(choose_structure_kernel(), UsageError);
    ::unsetenv("STREAM_ANALYZER_KERNEL");
    REQUIRE(choose_structure_kernel().name == structure_kernels().front().name);
    REQUIRE(structure_kernels().back().name == "portable");
}

}  // namespace
}  // namespace stream_analyzer
