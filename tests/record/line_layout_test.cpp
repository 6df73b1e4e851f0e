// Lines that repeat the layout of one before are taken over unread, and no other line is.
#include "record/line_layout.hpp"

#include <string>
#include <vector>

#include "catch2.hpp"
#include "record/line_notes.hpp"
#include "record/token_walk.hpp"
#include "scanned_lines.hpp"

namespace stream_analyzer {
namespace {

using testing::PaddedDump;
using testing::plan_of;
using testing::require_slow_verdicts;

// Learns the layout of `line`, and repeats it over `dump`. Returns how many of its lines are.
std::size_t repeated_lines(const StructureKernel& kernel, const FieldPlan& plan,
                           const std::string& line, const std::string& dump) {
    const PaddedDump learned(line + '\n');
    TokenIndex index;
    const IndexedLines indexed =
        kernel.index_lines(learned.begin(), learned.end(), kRun_bytes, index);
    LineBatch lines(plan.slots());
    lines.start(learned.begin());
    LineNotes notes(learned.begin(), index, plan, indexed.has_backslash, lines);
    walk_lines<CheckLevel::structure>(notes, indexed.tokens);
    LineLayouts layouts;
    layouts.learn(learned.begin(), index, lines);
    if (layouts.is_empty()) return 0;
    const PaddedDump padded(dump);
    lines.start(padded.begin());
    const std::size_t repeated = kernel.repeat_lines(padded.begin(), padded.end(), layouts, lines);
    REQUIRE(repeated == lines.size());
    return repeated;
}

const std::string kPlain = R"({"ts":1468244385,"uid":"9bfcae2f7c3a4ec2add"})";

TEST_CASE("lines with other values of the same lengths are repeated, up to the first other line") {
    const FieldPlan plan = plan_of({"ts", "uid"});
    const std::string same = R"({"ts":1999999990,"uid":"{[,:}]\u007f Zz~"})";
    const std::string other = R"({"ts":1468244385,"uid":"{[,:}] Zz 1234567!~"})";
    REQUIRE(other.size() == kPlain.size());
    for (const StructureKernel& kernel : structure_kernels()) {
        CAPTURE(kernel.name);
        const std::string three = kPlain + '\n' + other + '\n' + kPlain + '\n';
        REQUIRE(repeated_lines(kernel, plan, kPlain, three) == 3);
        REQUIRE(repeated_lines(kernel, plan, kPlain, three + same + '\n' + three) == 3);
        // Without a line feed a line may go on, and behind the end nothing is looked at.
        REQUIRE(repeated_lines(kernel, plan, kPlain, three + kPlain) == 3);
        REQUIRE(repeated_lines(kernel, plan, kPlain, kPlain) == 0);
    }
}

TEST_CASE("a number is repeated by digits alone, and never gets a leading zero") {
    const FieldPlan plan = plan_of({"ts", "uid"});
    const auto line = [](const std::string& time) {
        return R"({"ts":)" + time + R"(,"uid":"u"})" + '\n';
    };
    for (const StructureKernel& kernel : structure_kernels()) {
        CAPTURE(kernel.name);
        const auto repeats = [&](const std::string& time, const std::string& other) {
            const std::string learned = line(time);
            return repeated_lines(kernel, plan, learned.substr(0, learned.size() - 1),
                                  line(other)) == 1;
        };
        REQUIRE(repeats("1468244385", "9000000000"));
        REQUIRE(repeats("7", "0"));
        REQUIRE_FALSE(repeats("10", "01"));
        REQUIRE_FALSE(repeats("10", "1."));
        REQUIRE_FALSE(repeats("10", "1 "));
        REQUIRE_FALSE(repeats("10", "-1"));
        // What is no whole number is the same or another layout.
        REQUIRE(repeats("-1.5e3", "-1.5e3"));
        REQUIRE_FALSE(repeats("-1.5e3", "-1.5e4"));
        REQUIRE(repeats("true", "true"));
        REQUIRE_FALSE(repeats("true", "null"));
    }
}

TEST_CASE("layouts are learned of good and short lines without escapes in their keys") {
    const FieldPlan plan = plan_of({"ts", "uid"});
    const auto padded = [](std::size_t size) {
        std::string line = R"({"ts":1,"uid":"u","x":""})";
        return line.insert(line.size() - 2, size - line.size(), 'x');
    };
    for (const StructureKernel& kernel : structure_kernels()) {
        CAPTURE(kernel.name);
        const auto repeats = [&](const std::string& line) {
            return repeated_lines(kernel, plan, line, line + '\n') == 1;
        };
        REQUIRE(repeats(padded(63)));  // with the line feed a block
        REQUIRE(repeats(padded(64)));
        REQUIRE(repeats(padded(127)));
        REQUIRE_FALSE(repeats(padded(128)));
        REQUIRE(repeats(R"({"x":{"ts":[1,2,{}]},"uid":"u"})"));
        REQUIRE(repeats(R"( { "ts" : 1 , "uid" : "u" } )"));
        REQUIRE_FALSE(repeats(R"({"\u0074s":1,"uid":"u"})"));
        REQUIRE_FALSE(repeats(R"({"ts":1,"uid":"u"}})"));
        REQUIRE_FALSE(repeats(""));
    }
}

TEST_CASE("a line that differs from a layout in any one byte is judged for itself") {
    const FieldPlan plan = plan_of({"ts", "uid", "/a/b"});
    const std::vector<std::string> templates{
        kPlain,
        R"({ "ts" : "1468244385" , "a":{"b":12,"c":[true,{}]}, "uid":"uu" } )",
        R"({"a":{"b":{"ts":5}},"uid":1234567,"ts":0,"\u0061":"a long text, so that the line is longer than one block of bytes"})",
        R"({"a":{"b":{"ts":5}},"uid":1234567,"ts":0,"ключ":"a long text, so that the line is longer than one block of it"})",
    };
    const std::string bytes("\"\\\n\t\r\x01 /09:;,{}[]azeu.-+_\x7f\x80\xc3\xff\0", 31);
    for (const std::string& line : templates) {
        std::string repeated;
        for (int i = 0; i < 40; ++i)
            repeated += line + '\n';
        std::string dump = repeated;
        for (std::size_t at = 0; at < line.size(); ++at) {
            for (const char byte : bytes) {
                std::string changed = line;
                changed[at] = byte;
                dump += changed + '\n';
                dump += line + '\n' + line + '\n';
            }
            dump += repeated;
        }
        for (const StructureKernel& kernel : structure_kernels()) {
            for (const CheckLevel level : {CheckLevel::structure, CheckLevel::full}) {
                REQUIRE(require_slow_verdicts(kernel, plan, level, dump) > line.size() * 100);
            }
        }
    }
}

TEST_CASE("lines of several lengths are repeated in turn") {
    const FieldPlan plan = plan_of({"ts", "uid"});
    std::string dump;
    for (int i = 0; i < 20'000; ++i) {
        dump += R"({"ts":1468244385,"uid":)" + std::to_string(i * 7919 % 100'003) + "}\n";
        if (i % 97 == 0) dump += R"({"ts":1468244385,"uid":"\u0041"})" + std::string("\n");
    }
    for (const StructureKernel& kernel : structure_kernels()) {
        for (const CheckLevel level : {CheckLevel::structure, CheckLevel::full})
            REQUIRE(require_slow_verdicts(kernel, plan, level, dump) == 20'207);
    }
}

}  // namespace
}  // namespace stream_analyzer
