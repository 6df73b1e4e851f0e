#include "input/archive_source.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "archive_cases.hpp"
#include "archives.hpp"
#include "catch2.hpp"
#include "collected_lines.hpp"
#include "expected_lines.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

using namespace std::string_literals;

std::string in_frames(const std::string& text, std::size_t frame_bytes) {
    std::string archive;
    for (std::size_t at = 0; at < text.size(); at += frame_bytes) {
        const bool odd = at / frame_bytes % 2 == 1;
        if (at / frame_bytes % 3 == 2) archive += skippable_frame("between");
        archive += zstd_frame(text.substr(at, frame_bytes), odd, !odd);
    }
    return archive;
}

std::string in_bgzf(const std::string& text, std::size_t member_bytes) {
    std::string archive;
    for (std::size_t at = 0; at < text.size(); at += member_bytes) {
        archive += bgzf_member(text.substr(at, member_bytes));
    }
    return archive + bgzf_member("");
}

InputOptions options_of(std::size_t chunk_bytes, std::size_t max_line_bytes = 5000) {
    return {IoBackend::mmap, chunk_bytes, max_line_bytes, std::nullopt};
}

/// What comes of reading the archive in order, as from a pipe.
Collected read_in_order(const std::string& path, std::size_t chunk_bytes) {
    InputOptions options = options_of(chunk_bytes);
    options.line_limit = 1U << 30U;
    return collect({spec(path)}, options);
}

/// Requires that several threads, with the file at hand, make the same of it as a pipe's reader.
void check_like_in_order(const TemporaryFolder& folder, const std::string& archive) {
    const std::string path = folder.write("archive", archive);
    const Collected expected = read_in_order(path, 1000);
    for (const unsigned threads : {1U, 3U}) {
        const Collected seen = collect({spec(path)}, options_of(1000), threads);
        CAPTURE(threads, expected.reports[0].error.value_or(""),
                seen.reports[0].error.value_or(""));
        REQUIRE(difference(seen.lines, expected.lines, kAny) == kSame);
        CHECK(seen.text == expected.text);
        CHECK(seen.reports[0].error == expected.reports[0].error);
        CHECK(seen.reports[0].bytes == expected.reports[0].bytes);
        CHECK(seen.last_chunks == expected.last_chunks);
    }
}

}  // namespace

TEST_CASE("archives of many frames or members are read whole by any number of threads") {
    const TemporaryFolder folder;
    const std::string text =
        numbered_lines(3000, 100) + std::string(4000, 'q') + "\n" + numbered_lines(300, 9) + "tail";
    for (const std::size_t frame : {700U, 5000U, 60000U}) {
        for (const std::string& archive : {in_frames(text, frame), in_bgzf(text, frame)}) {
            const std::string path = folder.write("archive", archive);
            for (const unsigned threads : {1U, 2U, 3U, 8U}) {
                for (const std::size_t chunk : {1U, 3000U, 100000U}) {
                    CAPTURE(frame, threads, chunk);
                    const Collected seen = collect({spec(path)}, options_of(chunk), threads);
                    check_whole(seen, text);
                    CHECK(seen.text == text);
                    CHECK(seen.reports[0].disk_bytes == archive.size());
                }
            }
        }
    }
}

TEST_CASE("a byte order mark and lines may be spread over frames of one byte") {
    const TemporaryFolder folder;
    for (const std::string& text : {"\xEF\xBB\xBF{}\n{}"s, "\xEF\xBB"s, "\n\na\n"s, ""s}) {
        for (const std::string& archive : {in_frames(text, 1), in_bgzf(text, 1)}) {
            const std::string path = folder.write("archive", archive + skippable_frame(""));
            if (!archive.starts_with("\x1F")) {
                check_whole(collect({spec(path)}, options_of(1), 3), text);
            }
            check_whole(collect({spec(folder.write("archive", archive))}, options_of(1), 3), text);
        }
    }
}

TEST_CASE("a frame that is too large to be held is read in order, and what follows it too") {
    const TemporaryFolder folder;
    const std::string small = numbered_lines(50, 50);
    const std::string large = numbered_lines(9000, 100);
    const std::string path =
        folder.write("archive", in_frames(small, 500) + zstd_frame(large) + in_frames(small, 300));
    for (const unsigned threads : {1U, 3U}) {
        const Collected seen = collect({spec(path)}, options_of(1000), threads);
        check_whole(seen, small + large + small);
        CHECK(seen.chunks > large.size() / 2000);
    }
}

TEST_CASE("frames, members and plain gzip may follow each other as a single stream allows") {
    const TemporaryFolder folder;
    const std::string text = numbered_lines(100, 50);
    for (const std::string& archive :
         {in_bgzf(text, 900) + coded_member(text).bytes() + in_bgzf(text, 300),
          coded_member(text).bytes() + in_bgzf(text, 900),
          in_bgzf(text, 900) + std::string(99, '\0'), in_bgzf(text, 900) + "garbage",
          in_frames(text, 900) + "garbage", in_frames(text, 900) + coded_member(text).bytes(),
          in_bgzf(text, 900) + zstd_frame(text)}) {
        check_like_in_order(folder, archive);
    }
}

TEST_CASE(
    "damage anywhere delivers and reports the same for any number of threads as from a pipe") {
    const TemporaryFolder folder;
    const std::string text = sample_text(8000);
    for (const std::string& archive : {in_frames(text, 1500), in_bgzf(text, 1500)}) {
        for (std::size_t position = 0; position < archive.size(); position += 3) {
            CAPTURE(position);
            check_like_in_order(folder, flipped(archive, position, 1U << position % 8));
        }
    }
}

TEST_CASE("a cut anywhere delivers and reports the same for any number of threads as from a pipe") {
    const TemporaryFolder folder;
    const std::string text = sample_text(8000);
    for (const std::string& archive : {in_frames(text, 1500), in_bgzf(text, 1500)}) {
        for (std::size_t length = 8; length < archive.size(); length += 5) {
            CAPTURE(length);
            check_like_in_order(folder, archive.substr(0, length));
        }
    }
}

TEST_CASE("members that hold more or less than they say are judged as from a pipe") {
    const TemporaryFolder folder;
    const std::string text = sample_text(3000);
    const std::string good = in_bgzf(text, 1000);
    for (const std::uint64_t says : {0U, 1U, 2999U, 3001U, 65536U, 65537U, 4000000000U}) {
        std::string member = bgzf_member(text);
        member.replace(member.size() - 4, 4, little_endian(says, 4));
        CAPTURE(says);
        check_like_in_order(folder, good + member + good);
    }
    for (const std::size_t wrong : {0U, 10U, 25U, 30U, 65535U}) {
        std::string member = bgzf_member(text);
        member.replace(16, 2, little_endian(wrong, 2));  // BSIZE
        CAPTURE(wrong);
        check_like_in_order(folder, good + member + good);
    }
}

TEST_CASE("no frame makes a thread hold more than the longest line") {
    const TemporaryFolder folder;
    // One run-length block a KiB of archive: 128 KiB each.
    std::string bomb = "\x28\xB5\x2F\xFD"s + '\0' + '\x38';
    for (unsigned i = 0; i < 800; ++i) {
        bomb += little_endian((std::uint64_t{128U << 10U} << 3U) | 2U | (i == 799 ? 1U : 0U), 3);
        bomb += i % 2 == 0 ? 'x' : '\n';
    }
    const std::string path = folder.write("bomb", in_frames("{}\n", 1) + bomb);
    InputSequence sequence({spec(path)}, options_of(1000, 300'000));
    ChunkBuffer buffer;
    Chunk chunk;
    std::uint64_t bytes = 0;
    while (sequence.next(buffer, chunk)) {
        bytes += std::max<std::uint64_t>(chunk.bytes.size(), chunk.overlong_line_bytes);
        CHECK(buffer.block().capacity_bytes() < 2'000'000);
    }
    CHECK(bytes == 3 + 800 * (128U << 10U));
}
