#include "generate/event_source.hpp"

#include <map>
#include <set>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

std::vector<Event> all_events(const GenerateOptions& options) {
    EventSource source = make_event_source(options);
    std::vector<Event> events;
    std::visit(
        [&](auto& any) {
            while (const auto event = any.next()) {
                REQUIRE(event->user < any.user_limit());
                REQUIRE(event->index == events.size());
                REQUIRE((events.empty() || events.back().time_ms <= event->time_ms));
                events.push_back(*event);
            }
        },
        source);
    return events;
}

}  // namespace

TEST_CASE("a steady source spreads its records evenly from the start") {
    GenerateOptions options;
    options.records = 10;
    options.rate_per_1000s = 1'500;  // three records in two seconds
    options.start_s = 100;
    const auto events = all_events(options);
    REQUIRE(events.size() == 10);
    CHECK(events[0].time_ms == 100'000);
    CHECK(events[1].time_ms == 100'666);
    CHECK(events[3].time_ms == 102'000);
    CHECK(events[9].time_ms == 106'000);
}

TEST_CASE("a counted minute has exactly its number of distinct users, each at least once") {
    GenerateOptions options;
    options.distinct = {1, 1'000, 0, 7, 1'300};
    options.repeat_per_1000 = 2'500;
    std::map<std::int64_t, std::map<std::uint64_t, int>> minutes;
    std::map<std::int64_t, std::uint64_t> records;
    for (const Event& event : all_events(options)) {
        const std::int64_t minute = (event.time_ms - options.start_s * 1'000) / 60'000;
        ++minutes[minute][event.user];
        ++records[minute];
    }
    REQUIRE(minutes.size() == 4);
    for (const std::size_t minute : {0U, 1U, 3U, 4U}) {
        const auto index = static_cast<std::int64_t>(minute);
        CHECK(minutes[index].size() == options.distinct[minute]);
        CHECK(records[index] == options.distinct[minute] * 5 / 2);
    }
}

TEST_CASE("without repeats every record of a counted minute is another user") {
    GenerateOptions options;
    options.distinct = {500};
    options.repeat_per_1000 = 1'000;
    std::set<std::uint64_t> users;
    for (const Event& event : all_events(options))
        users.insert(event.user);
    CHECK(users.size() == 500);
}

TEST_CASE("half of a counted minute's users come from the minute before") {
    GenerateOptions options;
    options.distinct = {1'000, 1'000};
    std::set<std::uint64_t> first;
    std::set<std::uint64_t> both;
    for (const Event& event : all_events(options)) {
        if (event.time_ms < options.start_s * 1'000 + 60'000) {
            first.insert(event.user);
        } else if (first.contains(event.user)) {
            both.insert(event.user);
        }
    }
    CHECK(both.size() == 500);
}

TEST_CASE("new users turn up over the whole of a counted minute") {
    GenerateOptions options;
    options.distinct = {1'000};
    const auto events = all_events(options);
    std::set<std::uint64_t> seen;
    for (std::size_t i = 0; i < events.size() / 2; ++i)
        seen.insert(events[i].user);
    CHECK(seen.size() > 600);
    CHECK(seen.size() < 950);
}
