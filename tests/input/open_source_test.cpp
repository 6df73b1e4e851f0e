#include "input/open_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "archives.hpp"
#include "catch2.hpp"
#include "collected_lines.hpp"
#include "expected_lines.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

TEST_CASE("a fifo is read like a file and leaves the total unknown") {
    const TemporaryFolder folder;
    const std::string path = folder / "fifo";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    const std::string text = numbered_lines(50000, 60);
    std::thread writer([&] { std::ofstream(path, std::ios::binary) << text; });
    const Collected seen = collect({spec(path)}, {IoBackend::mmap, 4096, 1000, std::nullopt}, 2);
    writer.join();
    check_whole(seen, text);
    CHECK(seen.reports[0].disk_bytes == text.size());
    CHECK_FALSE(InputSequence({spec(path)}, {}).bytes_total());
}

TEST_CASE("a compressed fifo is recognised by its content") {
    const TemporaryFolder folder;
    const std::string path = folder / "fifo";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    const std::string text = numbered_lines(5000, 60);
    std::thread writer([&] { std::ofstream(path, std::ios::binary) << zstd_frame(text); });
    const Collected seen = collect({spec(path)}, {});
    writer.join();
    check_whole(seen, text);
    CHECK(seen.reports[0].compression == Compression::zstd);
}

TEST_CASE("standard input is read, as a pipe and as a file") {
    const TemporaryFolder folder;
    const std::string text = numbered_lines(5000, 60);
    const std::string path = folder.write("file", text);
    const int saved = ::dup(STDIN_FILENO);
    const InputSpec input{std::string(kStandardInputPath), "(standard input)"};
    SECTION("file") {
        const int file = ::open(path.c_str(), O_RDONLY);
        ::dup2(file, STDIN_FILENO);
        ::close(file);
        const InputSequence sequence({input}, {});
        CHECK(sequence.bytes_total() == text.size());
        check_whole(collect({input}, {}), text);
    }
    SECTION("file from a position inside") {
        const int file = ::open(path.c_str(), O_RDONLY);
        ::lseek(file, 100, SEEK_SET);
        ::dup2(file, STDIN_FILENO);
        ::close(file);
        const Collected seen = collect({input}, {});
        CHECK(seen.text == text.substr(100));
        CHECK_FALSE(seen.reports[0].error);
    }
    SECTION("pipe") {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        std::thread writer([&] {
            CHECK(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
            ::close(ends[1]);
        });
        ::dup2(ends[0], STDIN_FILENO);
        ::close(ends[0]);
        check_whole(collect({input}, {}), text);
        writer.join();
    }
    ::dup2(saved, STDIN_FILENO);
    ::close(saved);
}

TEST_CASE("a file of length 0 that has content is read") {
    const Collected seen = collect({spec("/proc/self/status")}, {});
    CHECK(seen.text.starts_with("Name:"));
    CHECK_FALSE(seen.reports[0].error);
}

TEST_CASE("an input that cannot be opened is reported and the others are read") {
    const TemporaryFolder folder;
    const std::vector<InputSpec> inputs{spec(folder.write("a", "1\n")), spec(folder / "missing"),
                                        spec(folder.write("c", "BZh91AY&SY...")),
                                        spec(folder.write("d", "2\n"))};
    const Collected seen = collect(inputs, {}, 2);
    CHECK(seen.text == "1\n2\n");
    CHECK(seen.last_chunks == std::vector<std::size_t>{1, 1, 1, 1});
    CHECK(seen.reports[1].error == "cannot open " + inputs[1].path + ": No such file or directory");
    REQUIRE(seen.reports[2].error);
    CHECK(seen.reports[2].error->ends_with("bzcat " + inputs[2].path +
                                           " | stream-analyzer analyze -"));
    CHECK_FALSE(seen.reports[3].error);
}
