// Lines in runs: what a line is must not depend on its neighbours.
#include "record/line_scanner.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "core/hash64.hpp"
#include "input/chunk.hpp"
#include "line_cases.hpp"
#include "record/judge_line.hpp"
#include "record/line_notes.hpp"
#include "record/token_walk.hpp"

namespace stream_analyzer {
namespace {

struct SeenLine {
    LineShape shape;
    std::string text;
    std::vector<std::string> tokens;  // of a good line
};

std::vector<SeenLine> scan(const StructureKernel& kernel, const FieldPlan& plan,
                           const std::string& dump, CheckLevel level = CheckLevel::structure) {
    const auto memory = std::make_unique<char[]>(dump.size() + kChunkPadding_bytes);
    std::copy(dump.begin(), dump.end(), memory.get());
    std::fill_n(memory.get() + dump.size(), kChunkPadding_bytes, '"');
    std::vector<SeenLine> seen;
    LineScanner scanner(kernel, level, plan);
    scanner.start(memory.get(), memory.get() + dump.size());
    while (!scanner.at_end()) {
        const char* const begin = scanner.line_begin();
        const ScannedLine line = scanner.next();
        seen.push_back({line.shape, {begin, line.line_end}, {}});
        if (line.shape == LineShape::good) {
            seen.back().tokens = {line.tokens.begin(), line.tokens.end()};
        }
    }
    return seen;
}

void require_verdict_of_slow_function(const SeenLine& line, const FieldPlan& plan) {
    CAPTURE(line.text);
    REQUIRE((line.shape == LineShape::blank) == is_blank(line.text));
    if (line.shape != LineShape::good) return;
    LineTokens tokens;
    REQUIRE(judge_line(line.text, plan, CheckLevel::structure, tokens) == std::nullopt);
    REQUIRE(line.tokens == std::vector<std::string>(tokens.begin(), tokens.end()));
}

TEST_CASE("a bad line spoils neither the line ahead of it nor the one behind") {
    const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields{})));
    const std::string good = R"({"ts":1468244385,"uid":"9bfcae2f7c3a4ec2add"})";
    for (const StructureKernel& kernel : structure_kernels()) {
        for (const line_cases::LineCase& c : line_cases::all_line_cases()) {
            for (const std::size_t shift : {0U, 1U, 40U, 63U}) {
                const std::string padding(shift, ' ');
                const auto seen =
                    scan(kernel, plan, padding + good + '\n' + c.line + '\n' + good + "\n\n");
                CAPTURE(kernel.name, c.line, shift);
                REQUIRE(seen.size() == 4);
                REQUIRE(seen[0].shape == LineShape::good);
                REQUIRE(seen[1].text == c.line);
                REQUIRE(seen[2].shape == LineShape::good);
                REQUIRE(seen[3].shape == LineShape::blank);
                require_verdict_of_slow_function(seen[1], plan);
            }
        }
    }
}

TEST_CASE("lines of about a run's length are scanned like any other") {
    const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields{})));
    const auto line_of = [](std::size_t bytes) {
        std::string line = R"({"ts":1468244385,"text":"","uid":"u"})";
        line.insert(line.find("\",\"uid"), bytes - line.size(), 'x');
        return line;
    };
    for (const StructureKernel& kernel : structure_kernels()) {
        for (const std::ptrdiff_t around : {kRun_bytes, 2 * kRun_bytes, 5 * kRun_bytes}) {
            for (std::ptrdiff_t bytes = around - 70; bytes < around + 70; ++bytes) {
                const std::string line = line_of(static_cast<std::size_t>(bytes));
                const auto seen = scan(kernel, plan, line + "\n" + line_of(50) + "\n");
                CAPTURE(kernel.name, bytes);
                REQUIRE(seen.size() == 2);
                for (const SeenLine& one : seen) {
                    REQUIRE(one.shape == LineShape::good);
                    require_verdict_of_slow_function(one, plan);
                }
            }
        }
    }
}

TEST_CASE("a line is scanned whatever its length, and left to the slow function for its tokens") {
    const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields{})));
    const std::string head = R"({"ts":1468244385,"uid":"u","x":)";
    const std::string long_text = head + '"' + std::string(5'000'000, 'x') + "\"}";
    std::string too_many = head + '[';
    for (std::size_t tokens = 0; tokens < kMostTokens + 1000; tokens += 3) {
        too_many += "[],";
    }
    too_many += "0]}";
    for (const StructureKernel& kernel : structure_kernels()) {
        const auto seen = scan(kernel, plan, long_text + '\n' + too_many + '\n' + head + "1}\n");
        REQUIRE(seen.size() == 3);
        REQUIRE(seen[0].shape == LineShape::good);
        REQUIRE(seen[0].text == long_text);
        REQUIRE(seen[1].shape == LineShape::odd);
        REQUIRE(seen[1].text == too_many);
        REQUIRE(seen[2].shape == LineShape::good);
    }
}

TEST_CASE("a line of nothing but tokens needs room for one a byte") {
    const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields{})));
    std::string line = R"({"x":[)";
    for (int i = 0; i < 100'000; ++i) {
        line += "[],";
    }
    line += R"(0],"ts":1,"uid":"u"})";
    for (const StructureKernel& kernel : structure_kernels()) {
        const auto seen = scan(kernel, plan, line + "\n" + line + "\n");
        REQUIRE(seen.size() == 2);
        for (const SeenLine& one : seen) {
            REQUIRE(one.shape == LineShape::good);
            require_verdict_of_slow_function(one, plan);
        }
    }
}

TEST_CASE("bytes that are no UTF-8 make their own line odd and no other of the run") {
    const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields{})));
    const std::string cyrillic = R"({"ts":1,"text":"Ёлка, ёж и подъезд","uid":"ж"})";
    const std::string broken = "{\"ts\":1,\"text\":\"\xd0\",\"uid\":\"u\"}";
    for (const StructureKernel& kernel : structure_kernels()) {
        const auto seen =
            scan(kernel, plan, cyrillic + '\n' + broken + '\n' + cyrillic + '\n' + broken + '\n');
        REQUIRE(seen.size() == 4);
        for (std::size_t i = 0; i < seen.size(); ++i) {
            REQUIRE(seen[i].shape == (i % 2 == 0 ? LineShape::good : LineShape::odd));
        }
    }
}

TEST_CASE("kernels know UTF-8 from what is none, also across the blocks that they read") {
    const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields{})));
    constexpr std::array<unsigned char, 10> kSecond{0x41, 0x7f, 0x80, 0x8f, 0x90,
                                                    0x9f, 0xa0, 0xbf, 0xc0, 0xff};
    constexpr std::array<unsigned char, 4> kLater{0x41, 0x80, 0xbf, 0xc2};
    std::size_t shift = 0;
    std::size_t good = 0;
    const auto check = [&](std::initializer_list<unsigned> bytes) {
        // Prime to 64: every sequence meets another place in a block.
        shift = (shift + 13) % 67;
        std::string line = R"({"ts":1,"uid":"u","x":")" + std::string(shift, 'x');
        for (const unsigned byte : bytes)
            line.push_back(static_cast<char>(byte));
        line += R"("})";
        LineTokens tokens;
        const bool is_utf8 = !judge_line(line, plan, CheckLevel::structure, tokens);
        good += is_utf8 ? 1 : 0;
        for (const StructureKernel& kernel : structure_kernels()) {
            const auto seen = scan(kernel, plan, line + '\n');
            if (seen.size() != 1 || (seen[0].shape == LineShape::good) != is_utf8) {
                CAPTURE(kernel.name, line, shift);
                REQUIRE((seen[0].shape == LineShape::good) == is_utf8);
            }
        }
    };
    for (unsigned first = 0x80; first <= 0xff; ++first) {
        check({first});
        for (const unsigned second : kSecond) {
            check({first, second});
            for (const unsigned third : kLater) {
                check({first, second, third});
                for (const unsigned fourth : kLater)
                    check({first, second, third, fourth});
            }
        }
    }
    REQUIRE(good > 1000);
}

// As a mapped file may when someone writes to it, or when it was cut and reads as zeros.
TEST_CASE("a text that changes while it is scanned leads to no token outside of its line") {
    const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields{})));
    const std::string line = R"({"ts" : 1468244385 , "x":[{"y":1.5}], "\u0075id" : "user" })";
    const std::string plain_key = R"("ts")";
    const std::string cut_key = R"(\u0075id)";
    std::string dump;
    for (int i = 0; i < 20; ++i) {
        dump += line + '\n';
    }
    for (const StructureKernel& kernel : structure_kernels()) {
        for (const CheckLevel level : {CheckLevel::structure, CheckLevel::full}) {
            for (const char filler : {' ', '\0', '"', '\\', '{', '1', '\xff', '\n'}) {
                const auto memory = std::make_unique<char[]>(dump.size() + kChunkPadding_bytes);
                std::copy(dump.begin(), dump.end(), memory.get());
                char* const end = memory.get() + dump.size();
                const bool full = level == CheckLevel::full;
                TokenIndex index;
                const IndexedLines indexed =
                    (full ? kernel.index_lines_in_full : kernel.index_lines)(memory.get(), end,
                                                                             kRun_bytes, index);
                REQUIRE(index.offsets[indexed.tokens - 1] == dump.size() - 1);
                std::fill(memory.get(), end, filler);
                // Where keys are still found, values are looked for.
                for (char* at = memory.get(); at != end; at += line.size() + 1) {
                    std::ranges::copy(plain_key, at + line.find(plain_key));
                    std::ranges::copy(cut_key, at + line.find(cut_key));
                }
                LineBatch lines(plan.slots());
                lines.start(memory.get());
                LineNotes notes(memory.get(), index, plan, indexed.has_backslash, lines);
                (full ? walk_lines<CheckLevel::full> : kernel.walk_lines)(notes, indexed.tokens);
                CAPTURE(kernel.name, static_cast<int>(filler));
                REQUIRE(lines.size() == 20);
                const char* begin = memory.get();
                for (std::size_t i = 0; i < lines.size(); ++i) {
                    const char* const line_end = lines.line_end(i);
                    REQUIRE(line_end == begin + line.size());
                    for (std::size_t slot = 0; slot < plan.slots(); ++slot) {
                        if (lines.shape(i) != LineShape::good) break;
                        const Token token = lines.token(i, slot);
                        if (token.empty()) continue;
                        REQUIRE(token.data() >= begin);
                        REQUIRE(token.size() <= static_cast<std::size_t>(line_end - token.data()));
                    }
                    begin = line_end + 1;
                }
            }
        }
    }
}

// Scanned as good, and by the slow function too; both or neither.
void require_at_full(const StructureKernel& kernel, const FieldPlan& plan, const std::string& line,
                     bool good) {
    LineTokens tokens;
    CAPTURE(kernel.name, line);
    REQUIRE(judge_line(line, plan, CheckLevel::full, tokens).has_value() != good);
    const auto seen = scan(kernel, plan, line + '\n', CheckLevel::full);
    REQUIRE(seen.size() == 1);
    REQUIRE((seen[0].shape == LineShape::good) == good);
}

TEST_CASE("at level full every escape is checked wherever it stands in a block") {
    const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields{})));
    for (const StructureKernel& kernel : structure_kernels()) {
        for (std::size_t shift = 0; shift < 70; ++shift) {
            const auto line_with = [shift](const std::string& text) {
                return R"({"x":")" + std::string(shift, 'x') + text + R"("})";
            };
            for (const char c : std::string_view("\"\\/bfnrt")) {
                require_at_full(kernel, plan, line_with(std::string("\\") + c), true);
            }
            for (const char* good : {"\\u0000", "\\uABCD", "\\uabef", "\\u9999\\u0123\\\\u"}) {
                require_at_full(kernel, plan, line_with(good), true);
            }
            for (const char* bad : {"\\a", "\\U0000", "\\'", "\\0", "\\u", "\\u123", "\\u123g",
                                    "\\ug123", "\\u12 4", "\\\\\\x"}) {
                require_at_full(kernel, plan, line_with(bad), false);
            }
        }
        for (int c = 0; c < 256; ++c) {
            if (c == '\n') continue;
            const bool escape =
                c != 0 && c != 'u' &&
                std::string_view("\"\\/bfnrt").find(static_cast<char>(c)) != std::string_view::npos;
            const std::string line = std::string(R"({"x":"\)") + static_cast<char>(c) + R"("})";
            require_at_full(kernel, plan, line, escape);
        }
    }
}

TEST_CASE("at level full the whole grammar is checked at any depth") {
    const FieldPlan plan(wanted_fields(line_cases::rules_for(line_cases::Fields{})));
    for (const StructureKernel& kernel : structure_kernels()) {
        for (const char* good :
             {R"([])", R"({})", R"([1])", R"([1,2])", R"({"a":1})", R"({"a":[],"b":{}})",
              R"([[],{},[[]],{"a":{"b":[{}]}}])", R"([ "a" , -0.5e+10 , null , true ])"}) {
            require_at_full(kernel, plan, std::string(R"({"x":)") + good + R"(,"ts":1})", true);
            require_at_full(kernel, plan, std::string(R"({"ts":1,"x":)") + good + "}", true);
        }
        for (const char* bad : {R"([,])",      R"([1,])",     R"([1 2])",
                                R"([1:2])",    R"(["a":2])",  R"({1:2})",
                                R"({"a"})",    R"({"a":})",   R"({"a",})",
                                R"({"a":1,})", R"({,})",      R"([}])",
                                R"({"a":[}])", R"([01])",     R"([tru])",
                                R"([nul])",    R"([x])",      R"([1.])",
                                R"([-])",      R"(["a""b"])", R"([{"a":1 "b":2}])"}) {
            require_at_full(kernel, plan, std::string(R"({"x":)") + bad + R"(,"ts":1})", false);
        }
        require_at_full(kernel, plan, R"({"x":01})", false);
        require_at_full(kernel, plan, R"({"x":tru,"y":1})", false);
    }
}

}  // namespace
}  // namespace stream_analyzer
