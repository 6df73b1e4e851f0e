#include "input/input_sequence.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "archives.hpp"
#include "catch2.hpp"
#include "collected_lines.hpp"
#include "expected_lines.hpp"
#include "input/line_cut.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

/// Texts that are awkward to cut.
std::vector<std::string> awkward_texts() {
    std::vector<std::string> texts{
        "",
        "\n",
        "a",
        "a\n",
        "\na",
        "\n\n\n\n\n\n\n\n\n",
        "\r\n\r\n",
        "a\r\nb\r\n",
        "a\nb",
        "\xEF\xBB\xBF",
        "\xEF\xBB\xBF\n",
        "\xEF\xBB\xBF{}\n{}",
        "\xEF\xBB",
        std::string(300, 'x'),
        std::string(300, 'x') + "\n",
        "a\n" + std::string(300, 'x') + "\nb\n",
        "\xEF\xBB\xBF" + std::string(200, 'y') + "\n" + std::string(200, 'z'),
        numbered_lines(60, 40)};
    texts.push_back(numbered_lines(20, 30) + "no line feed at the end");
    return texts;
}

}  // namespace

TEST_CASE("chunks of any size reassemble every file line by line, whatever the backend") {
    const TemporaryFolder folder;
    for (const std::string& text : awkward_texts()) {
        const std::string plain = folder.write("plain", text);
        const std::string gzip = folder.write("gzip", coded_member(text).bytes());
        const std::string zstd = folder.write("zstd", zstd_frame(text));
        for (const std::size_t chunk : {1U, 2U, 3U, 7U, 64U, 299U, 300U, 301U, 4096U}) {
            // As small as it may be, so that long lines take the way of overlong ones.
            for (const std::size_t max_line :
                 {std::size_t{1}, std::size_t{50}, std::size_t{1000}}) {
                CAPTURE(text.substr(0, 40), text.size(), chunk, max_line);
                const std::size_t longest = std::max(max_line, 2 * chunk);
                InputOptions options{IoBackend::mmap, chunk, max_line, std::nullopt};
                check_whole(collect({spec(plain)}, options), text, longest);
                options.backend = IoBackend::read;
                check_whole(collect({spec(plain)}, options), text, longest);
                check_whole(collect({spec(gzip)}, options), text, longest);
                check_whole(collect({spec(zstd)}, options), text, longest);
                options.line_limit = 1U << 30U;  // streams a plain file
                check_whole(collect({spec(plain)}, options), text, longest);
            }
        }
    }
}

TEST_CASE("files that end around a page's end are read whole and padded") {
    const TemporaryFolder folder;
    for (const std::size_t pages : {1U, 2U}) {
        for (const int delta : {-65, -64, -63, -1, 0, 1, 63, 64}) {
            const std::size_t size = pages * 4096 + static_cast<std::size_t>(delta);
            std::string text = numbered_lines(400, 60);
            text.resize(size);
            const std::string path = folder.write("pages", text);
            for (const IoBackend backend : {IoBackend::mmap, IoBackend::read}) {
                for (const std::size_t chunk : {512U, 4096U, 8192U}) {
                    CAPTURE(size, chunk);
                    const InputOptions options{backend, chunk, 1000, std::nullopt};
                    const Collected seen = collect({spec(path)}, options);
                    check_whole(seen, text);
                    CHECK(seen.text == text);
                }
            }
        }
    }
}

TEST_CASE("any number of threads sees the same lines") {
    const TemporaryFolder folder;
    const std::string text = numbered_lines(20000, 100) + std::string(5000, 'q') + "\n" +
                             numbered_lines(3000, 100) + "tail";
    const std::vector<InputSpec> inputs{
        spec(folder.write("a", text)), spec(folder.write("b", zstd_frame(text))),
        spec(folder.write("c", "")), spec(folder.write("d", coded_member(text).bytes()))};
    std::vector<SeenLine> expected = expected_lines(text, 0);
    for (const std::size_t source : {1U, 3U}) {
        for (SeenLine& line : expected_lines(text, source))
            expected.push_back(std::move(line));
    }
    for (const unsigned threads : {1U, 2U, 3U, 8U}) {
        for (const IoBackend backend : {IoBackend::mmap, IoBackend::read}) {
            for (const std::size_t chunk : {1000U, 65536U}) {
                CAPTURE(threads, chunk);
                const InputOptions options{backend, chunk, 2000, std::nullopt};
                const Collected seen = collect(inputs, options, threads);
                REQUIRE(difference(seen.lines, expected, 2000) == kSame);
                CHECK(seen.last_chunks == std::vector<std::size_t>{1, 1, 1, 1});
            }
        }
    }
}

TEST_CASE("a line above the limit is announced with its length and not held") {
    const TemporaryFolder folder;
    const std::string text = "first\n" + std::string(1000000, 'x') + "\nlast\n";
    const std::string plain = folder.write("plain", text);
    const std::string zstd = folder.write("zstd", zstd_frame(text));
    for (const IoBackend backend : {IoBackend::mmap, IoBackend::read}) {
        for (const std::string& path : {plain, zstd}) {
            InputSequence sequence({spec(path)}, {backend, 1000, 50000, std::nullopt});
            ChunkBuffer buffer;
            Chunk chunk;
            std::vector<Chunk> overlong;
            while (sequence.next(buffer, chunk)) {
                if (chunk.overlong_line_bytes == 0) {
                    CHECK(chunk.bytes.size() < 2000);
                    continue;
                }
                CHECK(chunk.bytes == std::string(kOverlongPrefix_bytes, 'x'));
                CHECK(chunk.offset_bytes == 6);
                CHECK(chunk.overlong_line_bytes == 1000001);
                overlong.push_back(chunk);
            }
            CHECK(overlong.size() == 1);
            CHECK(buffer.block().capacity_bytes() < text.size());
        }
    }
}

TEST_CASE("a line of the longest length allowed is handed out whole, one byte more is not") {
    const TemporaryFolder folder;
    for (const std::size_t length : {5000U, 5001U}) {
        for (const std::string& end : {std::string("\n"), std::string()}) {
            const std::string text = "a\n" + std::string(length, 'x') + end;
            const std::string path = folder.write("file", text);
            for (const IoBackend backend : {IoBackend::mmap, IoBackend::read}) {
                for (const std::size_t chunk : {1U, 100U, 2500U}) {
                    CAPTURE(length, chunk, end.size());
                    const Collected seen =
                        collect({spec(path)}, {backend, chunk, 5000, std::nullopt});
                    check_whole(seen, text, 4096);
                    CHECK((seen.text.size() == text.size()) == (length == 5000));
                }
            }
        }
    }
}

TEST_CASE("a line limit takes exactly the first lines over all inputs in their order") {
    const TemporaryFolder folder;
    const std::string first = numbered_lines(30, 20);
    const std::string second = numbered_lines(40, 20) + "tail";
    const std::vector<InputSpec> inputs{spec(folder.write("a", first)),
                                        spec(folder.write("b", zstd_frame(second)))};
    std::vector<SeenLine> all = expected_lines(first, 0);
    for (SeenLine& line : expected_lines(second, 1))
        all.push_back(std::move(line));
    REQUIRE(all.size() == 71);
    for (const std::size_t limit : {0U, 1U, 29U, 30U, 31U, 70U, 71U, 72U}) {
        for (const std::size_t chunk : {1U, 50U, 4096U}) {
            for (const unsigned threads : {1U, 3U}) {
                CAPTURE(limit, chunk, threads);
                const Collected seen =
                    collect(inputs, {IoBackend::mmap, chunk, 1000, limit}, threads);
                const std::size_t taken = limit < all.size() ? limit : all.size();
                REQUIRE(seen.lines ==
                        std::vector<SeenLine>(all.begin(), all.begin() + static_cast<int>(taken)));
                CHECK(seen.reports[0].bytes + seen.reports[1].bytes == seen.text.size());
            }
        }
    }
}

TEST_CASE("a damaged archive delivers what is good, ends, and lets the next input follow") {
    const TemporaryFolder folder;
    const std::string text = numbered_lines(100, 60);
    GzipMember damaged = stored_member(text);
    damaged.crc ^= 1U;
    const std::vector<InputSpec> inputs{spec(folder.write("a.gz", damaged.bytes())),
                                        spec(folder.write("b", "next\n"))};
    const Collected seen = collect(inputs, {IoBackend::mmap, 64, 1000, std::nullopt}, 2);
    CHECK(seen.text == text + "next\n");
    CHECK(seen.last_chunks == std::vector<std::size_t>{1, 1});
    REQUIRE(seen.reports[0].error);
    CHECK(seen.reports[0].error->find("wrong checksum") != std::string::npos);
    CHECK(seen.reports[0].bytes == text.size());
    CHECK_FALSE(seen.reports[1].error);
}

TEST_CASE("progress counts bytes on disk and ends at the total") {
    const TemporaryFolder folder;
    const std::string text = "\xEF\xBB\xBF" + numbered_lines(5000, 60);
    const std::string packed = zstd_frame(text);
    for (const IoBackend backend : {IoBackend::mmap, IoBackend::read}) {
        InputSequence sequence({spec(folder.write("a", text)), spec(folder.write("b", packed))},
                               {backend, 1000, 1000, std::nullopt});
        REQUIRE(sequence.bytes_total() == text.size() + packed.size());
        CHECK(sequence.bytes_claimed() == 0);
        ChunkBuffer buffer;
        Chunk chunk;
        std::uint64_t before = 0;
        while (sequence.next(buffer, chunk)) {
            REQUIRE(sequence.bytes_claimed() >= before);
            before = sequence.bytes_claimed();
        }
        CHECK(before == text.size() + packed.size());
        CHECK(sequence.reports()[1].disk_bytes == packed.size());
    }
}
