// Long runs of lines made at random, token by token: kernels must say of each line what the slow
// function says, whatever stands around it.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catch2.hpp"
#include "core/hash64.hpp"
#include "input/chunk.hpp"
#include "record/judge_line.hpp"
#include "record/line_scanner.hpp"

namespace stream_analyzer {
namespace {

class RandomLines {
  public:
    explicit RandomLines(std::uint64_t seed) : state_(seed) {}

    // Good, or with one or two tokens too many or too few.
    std::string next() {
        tokens_.clear();
        object(0);
        if (below(4) == 0) damage();
        if (below(40) == 0) tokens_.clear();
        std::string line;
        for (const std::string_view token : tokens_) {
            line += token;
            if (below(16) == 0) line += ' ';
        }
        return line;
    }

    // Mostly with "ts" and "uid" once each, as dumps have them: at times one of them is not there,
    // comes twice, or is spelled in another way.
    std::string next_of_dump() {
        std::vector<std::string_view> keys{kKeys[0], kKeys[1]};
        if (below(3) == 0) keys.emplace_back(kKeys[8]);
        if (below(8) == 0) keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(below(2)));
        if (below(16) == 0) keys.push_back(kKeys[below(4)]);
        if (below(2) == 0) std::ranges::reverse(keys);
        tokens_.clear();
        for (const std::string_view key : keys) {
            tokens_.emplace_back(tokens_.empty() ? "{" : ",");
            tokens_.emplace_back(key);
            tokens_.emplace_back(":");
            value(below(8) == 0 ? 3 : 4);
        }
        tokens_.emplace_back("}");
        if (below(32) == 0) damage();
        std::string line;
        for (const std::string_view token : tokens_)
            line += token;
        return line;
    }

    std::uint64_t below(std::uint64_t limit) {
        state_ += 0x9e3779b97f4a7c15U;
        return mix64(state_) % limit;
    }

  private:
    static constexpr std::string_view kKeys[] = {R"("ts")",
                                                 R"("uid")",
                                                 R"("\u0075id")",
                                                 R"("t\"s")",
                                                 R"("a_long_key")",
                                                 R"("uids")",
                                                 R"("tss")",
                                                 R"("a_long_ke")",
                                                 R"("x")",
                                                 R"("")",
                                                 R"("a_long_key_too")",
                                                 R"("\\")"};
    static constexpr std::string_view kPlain[] = {
        R"("text")", R"("")", R"("a\"b\\")", "1468244385", "-1.5e3", "true", "null", R"("}],{:")"};
    static constexpr std::string_view kAny[] = {"{", "}", "[", "]", ":", ",", "1", R"("ts")", "x"};

    void object(unsigned depth) {
        tokens_.emplace_back("{");
        // Mostly few members; at times more than are looked at together.
        const std::uint64_t members = below(below(6) == 0 ? 40 : 5);
        for (std::uint64_t i = 0; i < members; ++i) {
            if (i != 0) tokens_.emplace_back(",");
            tokens_.emplace_back(kKeys[below(std::size(kKeys))]);
            tokens_.emplace_back(":");
            value(depth);
        }
        tokens_.emplace_back("}");
    }

    void array(unsigned depth) {
        tokens_.emplace_back("[");
        for (std::uint64_t i = 0, values = below(4); i < values; ++i) {
            if (i != 0) tokens_.emplace_back(",");
            value(depth);
        }
        tokens_.emplace_back("]");
    }

    void value(unsigned depth) {
        const std::uint64_t kind = depth < 4 ? below(8) : 7;
        if (kind == 0) {
            object(depth + 1);
        } else if (kind == 1) {
            array(depth + 1);
        } else {
            tokens_.emplace_back(kPlain[below(std::size(kPlain))]);
        }
    }

    void damage() {
        for (std::uint64_t changes = 1 + below(2); changes > 0 && !tokens_.empty(); --changes) {
            const auto at = tokens_.begin() + static_cast<std::ptrdiff_t>(below(tokens_.size()));
            const std::string_view any = kAny[below(std::size(kAny))];
            switch (below(3)) {
                case 0:
                    tokens_.erase(at);
                    break;
                case 1:
                    tokens_.insert(at, any);
                    break;
                default:
                    *at = any;
            }
        }
    }

    std::uint64_t state_;
    std::vector<std::string_view> tokens_;
};

struct Counts {
    std::size_t good = 0;
    std::size_t odd = 0;
};

Counts require_agreement(const StructureKernel& kernel, const FieldPlan& plan,
                         const std::vector<std::string>& lines) {
    std::string dump;
    for (const std::string& line : lines)
        dump += line + '\n';
    const auto memory = std::make_unique<char[]>(dump.size() + kChunkPadding_bytes);
    std::ranges::copy(dump, memory.get());
    LineScanner scanner(kernel, CheckLevel::structure, plan);
    scanner.start(memory.get(), memory.get() + dump.size());
    Counts counts;
    for (const std::string& line : lines) {
        const char* const begin = scanner.line_begin();
        const ScannedLine scanned = scanner.next();
        LineTokens expected;
        const bool blank = is_blank(line);
        const bool good = !blank && !judge_line(line, plan, CheckLevel::structure, expected);
        const LineShape shape =
            blank ? LineShape::blank : (good ? LineShape::good : LineShape::odd);
        CAPTURE(kernel.name, line);
        REQUIRE(std::string_view(begin, scanned.line_end) == line);
        REQUIRE(scanned.shape == shape);
        if (good) {
            REQUIRE(std::ranges::equal(scanned.tokens, expected));
        }
        ++(good ? counts.good : counts.odd);
    }
    REQUIRE(scanner.at_end());
    return counts;
}

void require_agreement(std::uint64_t seed, const std::vector<std::string_view>& names) {
    std::vector<FieldPath> fields;
    fields.reserve(names.size());
    for (const std::string_view name : names)
        fields.push_back(FieldPath::parse(name));
    const FieldPlan plan(fields);
    RandomLines random(seed);
    for (int i = 0; i < 60; ++i) {
        std::vector<std::string> lines(1 + random.below(200));
        for (std::string& line : lines)
            line = random.next();
        for (const StructureKernel& kernel : structure_kernels()) {
            const Counts counts = require_agreement(kernel, plan, lines);
            if (lines.size() < 100) continue;
            REQUIRE(counts.good > lines.size() / 2);
            REQUIRE(counts.odd > lines.size() / 20);
        }
    }
}

TEST_CASE("lines of a run are what they are, whatever lines stand around them") {
    require_agreement(1, {"ts", "uid"});
}

TEST_CASE("a field that a line lacks, has twice or has elsewhere is not that of a neighbour") {
    const FieldPlan plan(std::vector{FieldPath::parse("ts"), FieldPath::parse("uid")});
    RandomLines random(5);
    for (int i = 0; i < 60; ++i) {
        std::vector<std::string> lines(1 + random.below(400));
        for (std::string& line : lines)
            line = random.next_of_dump();
        for (const StructureKernel& kernel : structure_kernels())
            (void)require_agreement(kernel, plan, lines);
    }
}

TEST_CASE("brackets match in every order, within lines and never across them") {
    const FieldPlan plan(std::vector{FieldPath::parse("ts"), FieldPath::parse("uid")});
    std::vector<std::string> lines;
    for (std::size_t count = 1; count <= 6; ++count) {
        for (std::size_t code = 0; code < std::size_t{1} << (2 * count); ++code) {
            std::string brackets;
            for (std::size_t i = 0; i < count; ++i)
                brackets += "{}[]"[code >> (2 * i) & 3U];
            lines.push_back(R"({"ts":1,"x":)" + brackets + R"(,"uid":2})");
            lines.push_back(R"({"uid":2,"x":)" + brackets);
            lines.push_back(R"({"a":[{"ts":3}],"x":)" + brackets + '}');
        }
    }
    for (const StructureKernel& kernel : structure_kernels())
        REQUIRE(require_agreement(kernel, plan, lines).good > 40);
}

TEST_CASE("keys longer than a word are told from keys that begin like them") {
    require_agreement(2, {"a_long_key", "a_long_key_too", "uid", "t\"s"});
}

TEST_CASE("a plan of many fields or of paths is followed as a plan of two keys is") {
    require_agreement(3,
                      {"ts", "uid", "/x", "uids", "tss", "a_long_ke", "a_long_key", "b", "c", "d"});
    require_agreement(4, {"ts", "/x/uid", "x.x.ts", "uid"});
}

TEST_CASE("a line of too many brackets stays odd however much comes behind them") {
    const FieldPlan plan(std::vector{FieldPath::parse("ts"), FieldPath::parse("uid")});
    for (const std::size_t depth : {63U, 64U, 65U, 200U, 1023U, 1024U, 5000U}) {
        for (std::size_t members = 0; members < 40; ++members) {
            std::string line = R"({"x":)" + std::string(depth, '[') + std::string(depth, ']');
            for (std::size_t i = 0; i < members; ++i)
                line += R"(,"ts":1)";
            line += R"(,"uid":"u"})";
            LineTokens tokens;
            const bool good = !judge_line(line, plan, CheckLevel::structure, tokens);
            for (const StructureKernel& kernel : structure_kernels()) {
                const std::string dump = line + '\n' + R"({"ts":1,"uid":2})" + '\n';
                const auto memory = std::make_unique<char[]>(dump.size() + kChunkPadding_bytes);
                std::ranges::copy(dump, memory.get());
                LineScanner scanner(kernel, CheckLevel::structure, plan);
                scanner.start(memory.get(), memory.get() + dump.size());
                CAPTURE(kernel.name, depth, members);
                REQUIRE((scanner.next().shape == LineShape::good) == (good && depth < 64));
                REQUIRE(scanner.next().shape == LineShape::good);
            }
        }
    }
}

}  // namespace
}  // namespace stream_analyzer
