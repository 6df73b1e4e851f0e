#include "store/run_account.hpp"

#include "catch2.hpp"
#include "core/error.hpp"
#include "run_fixture.hpp"
#include "store/byte_codec.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

SourceAccount source(const std::string& id, std::uint64_t begin_bytes, std::uint64_t end_bytes) {
    SourceAccount account;
    account.id = id;
    account.name = id + ".jsonl";
    account.compression = "gzip";
    account.begin_bytes = begin_bytes;
    account.end_bytes = end_bytes;
    account.lines = {.lines = 12, .records = 7, .blank = 1, .filtered = 1, .anonymous = 1};
    account.lines.rejects[2] = 2;
    account.first_rejects[2] = SourceAccount::Place{.offset_bytes = 100, .line = 4};
    account.out_of_order = 3;
    account.largest_lateness = std::chrono::seconds{5};
    return account;
}

RunAccount account_of(std::vector<SourceAccount> sources, std::int64_t first_second = 0) {
    RunAccount account;
    account.sources = std::move(sources);
    account.first_event_time = EventTime{std::chrono::seconds{first_second}};
    account.last_event_time = EventTime{std::chrono::seconds{first_second + 1000}};
    account.times_without_offset = 5;
    return account;
}

RunAccount sum_of(RunAccount one, const RunAccount& other) {
    one.add(other);
    return one;
}

}  // namespace

TEST_CASE("a run gives back its account") {
    RunAccount account = account_of({source("a", 0, 10), source("b", 5, 70)}, -100);
    account.sources[1].error = "cannot read b: broken";
    account.sources[1].grew = true;
    account.time_unit_chosen = true;
    RunReader run(source_of(bytes_of({}, account)));
    REQUIRE_FALSE(run.next_window());
    REQUIRE(run.account() == account);
}

TEST_CASE("more inputs than fit a block are kept") {
    RunAccount account;
    for (int i = 0; i < 3000; ++i)
        account.sources.push_back(source(std::string(60, 'x') + std::to_string(1000 + i), 0, 9));
    RunReader run(source_of(bytes_of({}, account)));
    REQUIRE_FALSE(run.next_window());
    REQUIRE(run.account() == account);
}

TEST_CASE("accounts add up to the same in any order and grouping") {
    const RunAccount a = account_of({source("b", 0, 10)}, 50);
    const RunAccount b = account_of({source("c", 0, 10), source("d", 0, 1)}, -20);
    const RunAccount c = account_of({source("a", 10, 20)}, 3000);
    const RunAccount all = sum_of(sum_of(a, b), c);
    REQUIRE(sum_of(a, sum_of(b, c)) == all);
    REQUIRE(sum_of(c, sum_of(b, a)) == all);
    REQUIRE(all.sources.front().id == "a");
    REQUIRE(all.times_without_offset == 15);
    REQUIRE(sum_of(all, {}) == all);
}

TEST_CASE("inputs that only their counts tell apart have an order too") {
    SourceAccount clean = source("", 0, 10);
    SourceAccount late = clean;
    late.out_of_order = 1;
    const RunAccount one = account_of({clean});
    const RunAccount other = account_of({late});
    REQUIRE(sum_of(one, other) == sum_of(other, one));
}

TEST_CASE("a run whose inputs are not in order is damaged") {
    RunReader run(source_of(bytes_of({}, account_of({source("b", 0, 1), source("a", 0, 1)}))));
    REQUIRE_THROWS_WITH(run.next_window(), "PART is damaged: its inputs are not in order");
}

TEST_CASE("the same bytes of a source in two accounts are found") {
    const RunAccount first = account_of({source("a", 0, 10), source("b", 0, 10)});
    REQUIRE(common_source(first, account_of({source("b", 9, 20)})) == "b");
    REQUIRE_FALSE(common_source(first, account_of({source("b", 10, 20)})));
    REQUIRE_FALSE(common_source(first, account_of({source("c", 0, 10)})));
    REQUIRE_FALSE(common_source(first, account_of({source("b", 5, 5)})));
    // Inputs of which nothing is known may be the same or not.
    REQUIRE_FALSE(common_source(account_of({source("", 0, 9)}), account_of({source("", 0, 9)})));
}

TEST_CASE("runs that differ in how they were counted say in what") {
    const RunHead head = head_of_ids();
    REQUIRE_FALSE(difference_of(head, head));
    RunHead other = head;
    other.parameters[0].second = "5m";
    REQUIRE(difference_of(head, other) == "--window 1m and --window 5m");
    other = head;
    other.parameters.emplace_back("since", "2016-01-01T00:00:00Z");
    REQUIRE(difference_of(head, other) == "no --since and --since 2016-01-01T00:00:00Z");
    other = head;
    other.exact = false;
    REQUIRE(difference_of(head, other) == "exact counts and --no-exact");
    other = head;
    other.sketches = {parse_sketch_spec("hll:12")};
    REQUIRE(difference_of(head, other) == "--sketch none and --sketch hll:12");
    other = head;
    other.program_version = "9";
    REQUIRE_FALSE(difference_of(head, other));
}

TEST_CASE("a reason that no line was rejected for, or twice the same, is damage") {
    for (const auto& [first, second] : {std::pair{2, 0}, std::pair{2, 2}}) {
        std::string content;
        ByteWriter out(content);
        for (const char* const text : {"id", "name", "none"})
            out.text(text);
        for (int number = 0; number < 7; ++number)
            out.varint(0);  // range and lines
        out.varint(2);
        for (const auto& [reason, count] : {std::pair{2, first}, std::pair{2, second}}) {
            out.varint(static_cast<std::uint64_t>(reason));
            out.varint(static_cast<std::uint64_t>(count));
            out.varint(0);
            out.varint(1);
        }
        out.varint(0);
        out.varint(0);
        out.byte(0);
        std::vector<SourceAccount> sources;
        REQUIRE_THROWS_AS(decode_sources(content, "PART", sources), EnvironmentError);
    }
}
