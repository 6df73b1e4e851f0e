#include "pipeline/reject_list.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

using Told = std::vector<std::pair<std::uint64_t, std::string>>;

Told lines_and_texts(const RejectList& list) {
    Told told;
    list.for_each([&](const ListedReject& reject) {
        REQUIRE(reject.offset_bytes == 1'000'000'000'000 + 300 * reject.line);
        REQUIRE(reject.reason == static_cast<RejectReason>(reject.line % kRejectReasons));
        told.emplace_back(reject.line, std::string(reject.text));
    });
    return told;
}

// Some lines, among them one that is empty and one with bytes of every kind.
RejectList listed(const Told& rejects) {
    RejectList list;
    for (const auto& [line, text] : rejects) {
        list.add({.offset_bytes = 1'000'000'000'000 + 300 * line,
                  .line = line,
                  .reason = static_cast<RejectReason>(line % kRejectReasons),
                  .text = text});
    }
    return list;
}

TEST_CASE("listed rejects come back in order, whatever their texts and distances") {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    const Told rejects{{0, "first"}, {1, ""}, {130, bytes}, {70'000, std::string(1000, 'x')}};
    REQUIRE(lines_and_texts(listed(rejects)) == rejects);
    REQUIRE(lines_and_texts(RejectList()).empty());
}

TEST_CASE("only the last reject is taken back, and only if it is the last line") {
    RejectList list = listed({{3, "three"}, {9, "nine"}});
    list.drop_last_if(8);
    REQUIRE(lines_and_texts(list) == Told{{3, "three"}, {9, "nine"}});
    list.drop_last_if(9);
    REQUIRE(lines_and_texts(list) == Told{{3, "three"}});
    RejectList none;
    none.drop_last_if(0);
    REQUIRE(lines_and_texts(none).empty());
}

TEST_CASE("a reject of one byte is kept in a few bytes") {
    // A chunk of lines of one byte: 56 bytes each as a struct with a string.
    RejectList list;
    constexpr std::uint64_t kLines = 100'000;
    for (std::uint64_t line = 0; line < kLines; ++line) {
        list.add({.offset_bytes = 2 * line,
                  .line = line,
                  .reason = RejectReason::not_json,
                  .text = "x"});
    }
    REQUIRE(list.memory_bytes() <= kLines * 10);
}

}  // namespace
}  // namespace stream_analyzer
