#include "store/run_places.hpp"

#include "catch2.hpp"
#include "run_fixture.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

// A block for each minute.
RunPlaces places_of_minutes(std::int64_t first, std::int64_t minutes) {
    RunPlaces places;
    for (std::int64_t i = 0; i < minutes; ++i) {
        const auto number = static_cast<std::uint64_t>(i + 1);
        places.add({key_of(0, 60 * (first + i)), {.offset_bytes = 100 * number, .number = number}});
    }
    return places;
}

std::vector<KeyRange> split(const std::vector<RunPlaces>& runs, std::size_t most,
                            std::uint32_t first_to_split = 0) {
    std::vector<const RunPlaces*> pointers;
    for (const RunPlaces& run : runs)
        pointers.push_back(&run);
    return split_windows(pointers, most, first_to_split);
}

}  // namespace

TEST_CASE("a run is entered at or ahead of a window, however few places are kept") {
    for (const std::int64_t minutes : {1, 2, 255, 256, 257, 512, 513, 100'000}) {
        const RunPlaces places = places_of_minutes(0, minutes);
        REQUIRE(places.all().size() <= RunPlaces::kMostPlaces);
        REQUIRE(places.entry(key_of(0, -60)).number == 1);
        const auto most_ahead =
            static_cast<std::uint64_t>(2 * minutes) / RunPlaces::kMostPlaces + 1;
        for (std::int64_t minute = 0; minute < minutes; minute += 1 + minutes / 1000) {
            const BlockPlace& entry = places.entry(key_of(0, 60 * minute));
            const auto wanted = static_cast<std::uint64_t>(minute + 1);
            REQUIRE(entry.number <= wanted);
            REQUIRE(entry.number + most_ahead >= wanted);
            if (places.all().size() == static_cast<std::size_t>(minutes)) {
                REQUIRE(entry.number == wanted);
            }
            REQUIRE(entry.offset_bytes == 100 * entry.number);
        }
    }
}

TEST_CASE("ranges follow each other and hold all there is") {
    const std::vector<RunPlaces> runs{places_of_minutes(0, 1000), places_of_minutes(500, 1000),
                                      RunPlaces()};
    for (const std::size_t most : {1U, 2U, 3U, 8U, 100U}) {
        const std::vector<KeyRange> ranges = split(runs, most);
        REQUIRE(ranges.size() == most);
        REQUIRE(ranges.front().begin == KeyRange().begin);
        REQUIRE(ranges.back().end == KeyRange().end);
        for (std::size_t i = 1; i < ranges.size(); ++i) {
            REQUIRE(ranges[i].begin == ranges[i - 1].end);
            REQUIRE(ranges[i].begin < ranges[i].end);
        }
    }
    // Half of the blocks of both are ahead of the middle of what they share.
    const WindowKey middle = split(runs, 2).front().end;
    REQUIRE(middle >= key_of(0, std::int64_t{60} * 735));
    REQUIRE(middle <= key_of(0, std::int64_t{60} * 765));
}

TEST_CASE("runs without windows are one range") {
    REQUIRE(split({}, 8).size() == 1);
    REQUIRE(split({RunPlaces()}, 8).size() == 1);
}

TEST_CASE("lengths that are not to be split are the first range") {
    RunPlaces places = places_of_minutes(0, 200);
    for (std::uint64_t i = 0; i < 50; ++i)
        places.add({key_of(1, 3600 * static_cast<std::int64_t>(i)), {.number = 201 + i}});
    const std::vector<KeyRange> ranges = split({places}, 4, 1);
    REQUIRE(ranges.size() >= 3);
    REQUIRE(ranges.size() <= 4);
    REQUIRE(ranges.front().end == WindowKey{1, WindowTime::min()});
    REQUIRE(split({places}, 1, 1).size() == 1);
}
