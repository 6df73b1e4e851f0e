#include "pipeline/line_ledger.hpp"

#include <algorithm>
#include <vector>

#include "catch2.hpp"
#include "core/hash64.hpp"

namespace stream_analyzer {
namespace {

// Chunk k has k + 1 lines; its last is rejected. Chunks 0 to 4 belong to the first source.
std::vector<ChunkAccount> ten_accounts() {
    std::vector<ChunkAccount> accounts;
    for (std::uint64_t k = 0; k < 10; ++k) {
        ChunkAccount account;
        account.sequence = k;
        account.source = k < 5 ? 0 : 1;
        account.lines.lines = k + 1;
        account.lines.records = k;
        const RejectReason reason = k % 2 == 0 ? RejectReason::not_json : RejectReason::missing_id;
        account.lines.rejects[static_cast<std::size_t>(reason)] = 1;
        account.first_rejects.push_back({100 * k, k, reason});
        const std::string text = "text" + std::to_string(k);
        account.rejects.add({.offset_bytes = 100 * k, .line = k, .reason = reason, .text = text});
        account.first_event_time = EventTime{std::chrono::seconds{50 - k}};
        account.last_event_time = EventTime{std::chrono::seconds{50 + k}};
        accounts.push_back(account);
    }
    return accounts;
}

TEST_CASE(
    "rejects are told in input order with line numbers of their file, in whatever order chunks are "
    "done") {
    std::vector<ChunkAccount> accounts = ten_accounts();
    const Hash64 shuffle = GENERATE(0U, 1U, 2U, 3U);
    std::ranges::sort(accounts, {}, [&](const ChunkAccount& account) {
        return shuffle == 0 ? account.sequence : mix64(account.sequence + 1000 * shuffle);
    });
    std::vector<LocatedReject> told;
    std::vector<std::string> texts;
    LineLedger ledger({"a", "b"}, [&](const LocatedReject& reject) {
        told.push_back(reject);
        texts.emplace_back(reject.text);
    });
    for (const ChunkAccount& account : accounts) {
        ledger.post(account);
    }
    REQUIRE(told.size() == 10);
    for (std::uint64_t k = 0; k < 10; ++k) {
        REQUIRE(texts[k] == "text" + std::to_string(k));
        REQUIRE(told[k].place.file == (k < 5 ? "a" : "b"));
        REQUIRE(told[k].place.offset_bytes == 100 * k);
        // Lines of the chunks ahead in the same file, and the k + 1 of this one.
        const std::uint64_t first = k < 5 ? 0 : 5;
        const std::uint64_t ahead = k * (k + 1) / 2 - first * (first + 1) / 2;
        REQUIRE(told[k].place.line == ahead + k + 1);
    }

    RunSummary summary;
    ledger.fill(summary);
    REQUIRE(summary.files.size() == 2);
    REQUIRE(summary.files[0].lines.lines == 15);
    REQUIRE(summary.files[1].lines.lines == 40);
    REQUIRE(summary.total.lines == 55);
    REQUIRE(summary.total.records == 45);
    REQUIRE(summary.total.all_rejects() == 10);
    REQUIRE(ledger.lines() == 55);
    REQUIRE(summary.rejects.size() == 2);
    REQUIRE(summary.rejects[0].reason == RejectReason::not_json);
    REQUIRE(summary.rejects[0].first.line == 1);
    REQUIRE(summary.rejects[1].first.line == 3);
    REQUIRE(summary.first_event_time == EventTime{std::chrono::seconds{41}});
    REQUIRE(summary.last_event_time == EventTime{std::chrono::seconds{59}});
}

TEST_CASE("reasons are told by descending count") {
    LineLedger ledger({"a"}, {});
    ChunkAccount account;
    account.lines.lines = 6;
    account.lines.rejects[static_cast<std::size_t>(RejectReason::not_json)] = 1;
    account.lines.rejects[static_cast<std::size_t>(RejectReason::missing_id)] = 5;
    account.first_rejects.push_back({0, 0, RejectReason::not_json});
    account.first_rejects.push_back({9, 1, RejectReason::missing_id});
    ledger.post(account);
    RunSummary summary;
    ledger.fill(summary);
    REQUIRE(summary.rejects.at(0).reason == RejectReason::missing_id);
    REQUIRE(summary.rejects.at(0).count == 5);
    REQUIRE(summary.rejects.at(1).reason == RejectReason::not_json);
}

}  // namespace
}  // namespace stream_analyzer
