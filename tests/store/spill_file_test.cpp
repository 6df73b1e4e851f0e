#include "store/spill_file.hpp"

#include <signal.h>
#include <sys/resource.h>

#include <filesystem>
#include <string>

#include "catch2.hpp"
#include "store/stored_windows.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using stream_analyzer::testing::TemporaryFolder;

TEST_CASE("a spilled file has no name and gives back its bytes to each reader") {
    const TemporaryFolder folder;
    auto file = std::make_shared<SpillFile>(folder.path());
    file->write("hello ");
    file->write("world");
    REQUIRE(folder.entries() == 0);
    REQUIRE(file->size_bytes() == 11);
    const auto one = SpillFile::reader(file);
    const auto other = SpillFile::reader(file);
    std::string bytes(6, '\0');
    REQUIRE(one->read(bytes) == 6);
    REQUIRE(bytes == "hello ");
    REQUIRE(other->read(bytes) == 6);
    REQUIRE(bytes == "hello ");
    REQUIRE(one->read(bytes) == 5);
    REQUIRE(one->read(bytes) == 0);
}

TEST_CASE("a folder that takes no files is named") {
    REQUIRE_THROWS_WITH(SpillFile("/no/such/folder"),
                        "cannot write temporary files in /no/such/folder: No such file or "
                        "directory");
}

TEST_CASE("no space for a spilled file is an error of its own") {
    const TemporaryFolder folder;
    SpillFile file(folder.path());
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto old_handler = ::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 1000;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    std::string message;
    try {
        file.write(std::string(2000, 'x'));
    } catch (const DiskFull& error) {
        message = error.what();
    }
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    ::signal(SIGXFSZ, old_handler);
    REQUIRE(message == "cannot write a temporary file in " + folder.path() + ": File too large");
}

TEST_CASE("stored results come back in any order") {
    const TemporaryFolder folder;
    // Parts of any size, also none at all.
    const std::vector<std::size_t> part_begins{0, 1, 1, 3000, 4950};
    std::vector<std::unique_ptr<WindowRows>> parts;
    std::vector<WindowResult> expected;
    for (std::size_t i = 0; i < 5000; ++i) {
        WindowResult window;
        window.length = i < 4900 ? 0 : 2;
        window.start = WindowTime{std::chrono::seconds{static_cast<std::int64_t>(i) * 60 - 9999}};
        window.records = i * 3;
        window.exact = i;
        window.exact_bytes = i * 20;
        window.complete = i != 0 && i != 4899 && i != 4900 && i != 4999;
        window.estimates = {{static_cast<double>(i) * 1.1, false}, {0, i % 7 == 0}};
        while (parts.size() < part_begins.size() && part_begins[parts.size()] == i)
            parts.push_back(std::make_unique<WindowRows>(folder.path()));
        parts.back()->add(window);
        expected.push_back(window);
    }
    for (const auto& part : parts)
        part->seal();
    StoredWindows windows(std::move(parts), {"1m", "1h", "1d"}, 2, true);
    windows.mark_incomplete({4999, 0, 4899, 4900});
    REQUIRE(windows.size() == 5000);
    REQUIRE(windows.range_of(1).size == 0);
    REQUIRE(windows.range_of(2).first == 4900);
    for (std::size_t step = 0; step < 10'000; ++step) {
        const std::size_t index = step < 5000 ? step : step * 7919 % 5000;
        const WindowResult window = windows.at(index);
        REQUIRE(window.length == expected[index].length);
        REQUIRE(window.start == expected[index].start);
        REQUIRE(window.records == expected[index].records);
        REQUIRE(window.exact == expected[index].exact);
        REQUIRE(window.exact_bytes == expected[index].exact_bytes);
        REQUIRE(window.complete == expected[index].complete);
        REQUIRE(window.estimates == expected[index].estimates);
    }
    REQUIRE_THROWS_AS(windows.at(5000), std::out_of_range);
}

TEST_CASE("a table without windows is empty") {
    const StoredWindows none({}, {"1m"}, 0, false);
    REQUIRE(none.size() == 0);
    std::vector<std::unique_ptr<WindowRows>> parts;
    parts.push_back(std::make_unique<WindowRows>(std::filesystem::temp_directory_path()));
    parts.back()->seal();
    const StoredWindows empty(std::move(parts), {"1m"}, 0, false);
    REQUIRE(empty.size() == 0);
}
