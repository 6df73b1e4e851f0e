#include "input/mapped_range.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "collected_lines.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

struct Opened {
    std::shared_ptr<SourceStatus> status;
    std::shared_ptr<const SourceFile> file;
};

Opened open_file(const std::string& path) {
    auto status = std::make_shared<SourceStatus>(path);
    auto file = std::make_shared<const SourceFile>(spec(path), status);
    return {std::move(status), std::move(file)};
}

std::string lines(std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; text.size() < bytes; ++i)
        text += "line " + std::to_string(i) + "\n";
    text.resize(bytes);
    text.back() = '\n';
    return text;
}

std::uint64_t sum_of(std::string_view bytes) {
    return std::accumulate(
        bytes.begin(), bytes.end(), std::uint64_t{0},
        [](std::uint64_t sum, char byte) { return sum + static_cast<unsigned char>(byte); });
}

}  // namespace

TEST_CASE("a mapped range shows the file's bytes and can be read past its end") {
    const TemporaryFolder folder;
    for (const std::size_t size : {1U, 4095U, 4096U, 4097U, 8192U - 64U, 8192U - 63U, 8192U}) {
        const std::string text = lines(size);
        const Opened opened = open_file(folder.write("file", text));
        for (const std::size_t begin : {std::size_t{0}, size / 2, size - 1}) {
            for (const std::size_t end : {begin + 1, size}) {
                CAPTURE(size, begin, end);
                const MappedRange range(opened.file, begin, end);
                const std::string_view view = range.view(begin, end);
                CHECK(view == text.substr(begin, end - begin));
                // Behind the file's end there are zeros.
                const std::string_view padding(view.data() + view.size(), kChunkPadding_bytes);
                std::string expected = text.substr(end, kChunkPadding_bytes);
                expected.resize(kChunkPadding_bytes, '\0');
                CHECK(padding == expected);
                CHECK_FALSE(range.is_damaged(begin, end));
            }
        }
    }
}

TEST_CASE("reading behind a truncation gives zeros and is noted as damage") {
    const TemporaryFolder folder;
    const std::string path = folder.write("file", lines(100000));
    const Opened opened = open_file(path);
    const MappedRange range(opened.file, 5000, 100000);
    const std::uint64_t whole = sum_of(range.view(5000, 100000));
    std::filesystem::resize_file(path, 50000);
    CHECK(sum_of(range.view(5000, 100000)) < whole);
    CHECK(range.view(99999, 100000) == std::string(1, '\0'));
    CHECK_FALSE(range.is_damaged(5000, 49000));
    CHECK(range.is_damaged(49000, 60000));
    CHECK(range.is_damaged(90000, 100000));
    // A file that is long again does not make the zeros good.
    std::filesystem::resize_file(path, 100000);
    CHECK(range.is_damaged(90000, 100000));
}

TEST_CASE("damage in one range does not touch another") {
    const TemporaryFolder folder;
    const std::string path = folder.write("file", lines(100000));
    const Opened opened = open_file(path);
    const MappedRange first(opened.file, 0, 40000);
    const MappedRange second(opened.file, 40000, 100000);
    std::filesystem::resize_file(path, 50000);
    CHECK(second.view(90000, 90001) == std::string(1, '\0'));
    CHECK(second.is_damaged(90000, 90001));
    CHECK_FALSE(first.is_damaged(0, 40000));
}

TEST_CASE("mapping a range behind a truncation says that the file shrank") {
    const TemporaryFolder folder;
    const std::string path = folder.write("file", lines(100000));
    const Opened opened = open_file(path);
    std::filesystem::resize_file(path, 1000);
    CHECK_THROWS_AS(MappedRange(opened.file, 0, 100000), EnvironmentError);
}

TEST_CASE("a truncation inside the last page, where no signal comes, is damage too") {
    const TemporaryFolder folder;
    const std::string path = folder.write("file", lines(5000));
    const Opened opened = open_file(path);
    const MappedRange range(opened.file, 0, 5000);
    std::filesystem::resize_file(path, 4500);
    CHECK(range.is_damaged(4096, 5000));
    CHECK_FALSE(range.is_damaged(0, 4500));
}

TEST_CASE("more ranges than can be watched are refused, and reading in blocks takes over") {
    const TemporaryFolder folder;
    const std::string text = lines(100000);
    const std::string path = folder.write("file", text);
    const Opened opened = open_file(path);
    std::vector<std::unique_ptr<MappedRange>> ranges;
    for (std::size_t i = 0; i < SigbusGuard::kMost; ++i) {
        ranges.push_back(std::make_unique<MappedRange>(opened.file, 0, 100));
    }
    CHECK_THROWS_AS(MappedRange(opened.file, 0, 100), MappingRefused);
    const Collected seen = collect({spec(path)}, {IoBackend::mmap, 1000, 1000, std::nullopt});
    CHECK(seen.text == text);
}

TEST_CASE("a file that is cut short while it is read is reported and its good chunks are kept") {
    const TemporaryFolder folder;
    const std::string text = lines(400000);
    for (const IoBackend backend : {IoBackend::mmap, IoBackend::read}) {
        const std::string path = folder.write("file", text);
        const std::string next = folder.write("next", "next\n");
        InputSequence sequence({spec(path), spec(next)},
                               {backend, 100000, kDefaultMaxLine_bytes, std::nullopt});
        ChunkBuffer buffer;
        Chunk chunk;
        std::string kept;
        std::size_t damaged = 0;
        while (sequence.next(buffer, chunk)) {
            // The second chunk has been claimed when the file is cut inside of it.
            if (chunk.sequence == 1) std::filesystem::resize_file(path, 150000);
            const std::string seen(chunk.bytes);
            if (buffer.damaged()) {
                ++damaged;
            } else {
                kept += seen;
            }
        }
        const SourceReport report = sequence.reports()[0];
        CHECK(report.error == "cannot read " + path + ": file shrank while it was read");
        CHECK_FALSE(sequence.reports()[1].error);
        CHECK(kept.ends_with("next\n"));
        kept.resize(kept.size() - 5);
        CHECK(text.starts_with(kept));
        CHECK(report.bytes == kept.size());
        // A block that has been read stays good; a mapped share is void.
        CHECK(kept.size() >= (backend == IoBackend::mmap ? 100000U : 200000U));
        CHECK(kept.size() < 200050);
        CHECK((damaged > 0) == (backend == IoBackend::mmap));
    }
}

TEST_CASE(
    "a file that shrank before its turn came is reported for all its missing shares at once") {
    const TemporaryFolder folder;
    const std::string text = lines(400000);
    for (const unsigned threads : {1U, 3U}) {
        const std::string path = folder.write("file", text);
        InputSequence sequence({spec(path)},
                               {IoBackend::mmap, 50000, kDefaultMaxLine_bytes, std::nullopt});
        ChunkBuffer buffer;
        Chunk chunk;
        REQUIRE(sequence.next(buffer, chunk));
        std::filesystem::resize_file(path, 60000);
        std::vector<std::thread> workers;
        for (unsigned i = 0; i < threads; ++i) {
            workers.emplace_back([&] {
                ChunkBuffer own;
                Chunk mine;
                while (sequence.next(own, mine)) {
                    if (!own.damaged() && mine.bytes.size() > 20000) std::abort();
                }
            });
        }
        for (std::thread& worker : workers)
            worker.join();
        buffer.release();
        CHECK(sequence.reports()[0].error ==
              "cannot read " + path + ": file shrank while it was read");
    }
}

TEST_CASE("a file that grows while it is read is read up to its old end and said to have grown") {
    const TemporaryFolder folder;
    const std::string text = lines(10000);
    for (const std::string kind : {"mmap", "read", "stream"}) {
        const std::string path = folder.write("file", text);
        InputOptions options{kind == "mmap" ? IoBackend::mmap : IoBackend::read, 1000, 1000, {}};
        if (kind == "stream") options.line_limit = 1U << 30U;
        InputSequence sequence({spec(path)}, options);
        ChunkBuffer buffer;
        Chunk chunk;
        REQUIRE(sequence.next(buffer, chunk));
        std::string seen(chunk.bytes);
        std::ofstream(path, std::ios::binary | std::ios::app) << "later\n";
        while (sequence.next(buffer, chunk))
            seen += chunk.bytes;
        CHECK(seen == text);
        CHECK(sequence.reports()[0].grew);
        CHECK_FALSE(sequence.reports()[0].error);
    }
}

TEST_CASE("a compressed file that is cut short while it is read is an error") {
    const TemporaryFolder folder;
    const std::string path = folder.write("file", lines(2000000));
    InputSequence sequence({spec(path)}, {IoBackend::mmap, 1000, 1000, std::uint64_t{1} << 40U});
    ChunkBuffer buffer;
    Chunk chunk;
    REQUIRE(sequence.next(buffer, chunk));
    std::filesystem::resize_file(path, 100000);
    while (sequence.next(buffer, chunk)) {
    }
    CHECK(sequence.reports()[0].error == "cannot read " + path + ": file shrank while it was read");
}

TEST_CASE("a bus error outside of our mappings still ends the process") {
    const TemporaryFolder folder;
    const std::string path = folder.write("file", lines(10000));
    const Opened opened = open_file(path);
    const MappedRange range(opened.file, 0, 100);  // installs the guard
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(STDERR_FILENO);  // a sanitizer would explain the signal at length
        ::raise(SIGBUS);         // no address of ours
        ::raise(SIGBUS);
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK_FALSE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}
