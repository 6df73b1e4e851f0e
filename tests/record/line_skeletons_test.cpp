// Lines whose tokens and keys are known are not walked over, and say the same as if they were.
#include "record/line_skeletons.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catch2.hpp"
#include "core/hash64.hpp"
#include "record/line_notes.hpp"
#include "scanned_lines.hpp"

namespace stream_analyzer {
namespace {

using testing::PaddedDump;
using testing::plan_of;
using testing::require_slow_verdicts;

// Walks over a run of lines as a kernel does that has learned from `learned`, and returns how many
// of them it knew; nothing if it never does.
std::optional<std::size_t> known_lines(const StructureKernel& kernel, const FieldPlan& plan,
                                       LineSkeletons& skeletons, const std::string& dump) {
    if (kernel.match_lines == nullptr) return std::nullopt;
    const PaddedDump padded(dump);
    TokenIndex index;
    const IndexedLines indexed =
        kernel.index_lines(padded.begin(), padded.end(), std::ptrdiff_t{1} << 30U, index);
    LineBatch lines(plan.slots());
    lines.start(padded.begin());
    LineNotes notes(padded.begin(), index, plan, indexed.has_backslash, lines);
    return kernel.match_lines(notes, indexed.tokens, skeletons);
}

const std::string kNested =
    R"({"event":{"type":"click","time":"2016-07-11T13:39:00.000Z","sequence":17},"user":{"id":"u1","tags":["a",{"id":2}]},"v":-1})"
    "\n";
const std::string kSame =
    R"({"event":{"type":"","time":"2","sequence":null},"user":{"id":17,"tags":["\"",{"id":false}]},"v":"x"})"
    "\n";

TEST_CASE("a line is known at its third sight, whatever its values are") {
    const FieldPlan plan = plan_of({"/event/time", "/user/id"});
    // The kinds of values are a part of what is known: here a number, there a string.
    const std::string other = R"({"event":{"type":1,"time":"2"},"user":{"id":17}})"
                              "\n";
    for (const StructureKernel& kernel : structure_kernels()) {
        LineSkeletons skeletons;
        CAPTURE(kernel.name);
        if (!known_lines(kernel, plan, skeletons, kNested)) continue;
        REQUIRE(known_lines(kernel, plan, skeletons, kNested) == 0U);
        REQUIRE(known_lines(kernel, plan, skeletons, kNested) == 1U);
        REQUIRE(known_lines(kernel, plan, skeletons, other) == 0U);
        REQUIRE(known_lines(kernel, plan, skeletons, kSame) == 0U);
        REQUIRE(known_lines(kernel, plan, skeletons, kNested + kNested + other + kNested) == 3U);
    }
}

TEST_CASE("a key that may be a wanted one makes a line unknown") {
    const FieldPlan plan = plan_of({"time", "uid", "a_long_key"});
    const auto line = [](const std::string& key) {
        return R"({"time":1,")" + key + R"(":"u","other":[],"more":{"uid":1}})" + '\n';
    };
    for (const StructureKernel& kernel : structure_kernels()) {
        CAPTURE(kernel.name);
        const auto is_known = [&](const std::string& learned, const std::string& asked) {
            LineSkeletons skeletons;
            (void)known_lines(kernel, plan, skeletons, line(learned) + line(learned));
            return known_lines(kernel, plan, skeletons, line(asked)).value_or(0) == 1;
        };
        if (kernel.match_lines == nullptr) continue;
        REQUIRE(is_known("uid", "uid"));
        REQUIRE_FALSE(is_known("uid", "uix"));
        REQUIRE_FALSE(is_known("uix", "uid"));
        REQUIRE_FALSE(is_known("uid", "uid2"));
        REQUIRE_FALSE(is_known("unwanted", "uid"));
        REQUIRE(is_known("unwanted_one", "unwanted_other"));
        REQUIRE(is_known("a_long_key", "a_long_key"));
        REQUIRE_FALSE(is_known("a_long_key", "a_long_kez"));
        REQUIRE_FALSE(is_known("a_long_kez", "a_long_kez"));
        REQUIRE_FALSE(is_known("\\u0075id", "\\u0075id"));
        REQUIRE_FALSE(is_known("a\\u0075id", "a\\u0075id"));
        REQUIRE(is_known("unwanted\\n", "unwanted\\t"));
    }
}

TEST_CASE("lines of more than 128 tokens and lines that are not good are never known") {
    const FieldPlan plan = plan_of({"ts", "uid"});
    const auto line = [](std::size_t tokens, const std::string& end) {
        std::string values = "1";
        for (std::size_t i = 0; i < (tokens - 8) / 2; ++i)
            values += ",1";
        return R"({"ts":[)" + values + end + '\n';
    };
    for (const StructureKernel& kernel : structure_kernels()) {
        CAPTURE(kernel.name);
        if (kernel.match_lines == nullptr) continue;
        const auto known = [&](const std::string& one) {
            LineSkeletons skeletons;
            return known_lines(kernel, plan, skeletons, one + one + one + one).value();
        };
        REQUIRE(known(line(128, "]}")) == 2);
        REQUIRE(known(line(130, "]}")) == 0);
        REQUIRE(known(line(20, "]")) == 0);
        REQUIRE(known(line(20, "}}")) == 0);
        REQUIRE(known("\n") == 0);
    }
}

// Lines of a few kinds, with a change at times.
class KindredLines {
  public:
    explicit KindredLines(std::uint64_t seed) : state_(seed) {}

    std::string next() {
        std::string line = kKinds[below(std::size(kKinds))];
        for (std::size_t at = line.find('?'); at != std::string::npos; at = line.find('?', at))
            line.replace(at, 1, kValues[below(std::size(kValues))]);
        for (std::uint64_t change = below(8); change == 0; change = below(2)) {
            const std::size_t at = below(line.size());
            const char byte = kBytes[below(kBytes.size())];
            if (below(2) == 0) {
                line[at] = byte;
            } else {
                line.insert(at, 1, byte);
            }
        }
        return line + '\n';
    }

  private:
    static constexpr const char* kKinds[] = {
        R"({"event":{"type":?,"time":?,"sequence":?},"user":{"id":?,"plan":?},"page":{"id":?}})",
        R"({"user":{"id":?},"event":{"time":?,"type":?},"v":?,"page":{"id":[?,{"id":?}],"x":{}}})",
        R"({"event":{"time":?},"user":{"id":?,"consent":{"id":?,"time":?}},"event":{"time":?}})",
        R"({"user":{"identity":?,"id":?},"event":{"timestamp":?,"time":?},"a_long_key":?,"x":?})",
        R"({"user":{"id":?,"\u0069d":?,"a":?},"event":{"times":?,"time":?},"a_long_kez":?,"x":?})",
    };
    static constexpr const char* kValues[] = {"1",
                                              "12.5e3",
                                              R"("text")",
                                              R"("")",
                                              "true",
                                              "null",
                                              R"("a\"b")",
                                              R"("2016-07-11T13:39:00Z")",
                                              R"("длинный текст")"};
    static constexpr std::string_view kBytes = "\"\\{}[]:,1x t\x01";

    std::uint64_t below(std::uint64_t limit) {
        state_ += 0x9e3779b97f4a7c15U;
        return mix64(state_) % limit;
    }

    std::uint64_t state_;
};

TEST_CASE("lines of a few kinds, some of them changed, are what the slow function says") {
    std::string dump;
    KindredLines lines(7);
    for (int i = 0; i < 20'000; ++i)
        dump += lines.next();
    for (const StructureKernel& kernel : structure_kernels()) {
        REQUIRE(require_slow_verdicts(kernel, plan_of({"/event/time", "/user/id"}),
                                      CheckLevel::structure, dump) > 15'000);
        REQUIRE(require_slow_verdicts(kernel, plan_of({"a_long_key", "user", "v", "event.time"}),
                                      CheckLevel::structure, dump) > 15'000);
    }
}

TEST_CASE("skeletons of one hash with ever other keys are learned only a few times") {
    const FieldPlan plan = plan_of({"ts", "uid"});
    for (const StructureKernel& kernel : structure_kernels()) {
        if (kernel.match_lines == nullptr) continue;
        LineSkeletons skeletons;
        const auto line = [](int i) {
            return "{\"k" + std::to_string(i) + R"(":1,"ts":2,"uid":3})" + "\n";
        };
        for (int i = 0; i < 100; ++i)
            (void)known_lines(kernel, plan, skeletons, line(i));
        std::size_t known = 0;
        for (int i = 0; i < 100; ++i)
            known += known_lines(kernel, plan, skeletons, line(i)).value();
        REQUIRE(known >= 1);
        REQUIRE(known <= 8);
    }
}

TEST_CASE("skeletons are forgotten when there are too many, and learned again") {
    LineSkeletons skeletons;
    const auto hash_of = [](std::uint64_t i) { return mix64(i + 1); };
    const auto is_known = [&](std::uint64_t i) {
        return skeletons.find(hash_of(i), [&](const Skeleton& skeleton) {
            return skeleton.tokens[0] == static_cast<char>(i % 100) &&
                   skeleton.tokens[1] == static_cast<char>(i / 100);
        }) != nullptr;
    };
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        Skeleton skeleton;
        skeleton.tokens[0] = static_cast<char>(i % 100);
        skeleton.tokens[1] = static_cast<char>(i / 100);
        skeletons.add(hash_of(i), skeleton);
        REQUIRE(is_known(i));
        if (i >= 4096) REQUIRE_FALSE(is_known(i - 4096));
    }
}

}  // namespace
}  // namespace stream_analyzer
