#include "input/archive_pieces.hpp"

#include <memory>
#include <string>
#include <vector>

#include "archive_cases.hpp"
#include "archives.hpp"
#include "catch2.hpp"
#include "collected_lines.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

using namespace std::string_literals;

/// Where the pieces of an archive end, as far as there are any.
std::vector<std::uint64_t> ends_of_pieces(const std::string& archive, std::size_t wanted_bytes,
                                          std::size_t most_bytes) {
    const TemporaryFolder folder;
    const std::string path = folder.write("archive", archive);
    const SourceFile file(spec(path), std::make_shared<SourceStatus>("FILE"));
    std::vector<std::uint64_t> ends;
    std::uint64_t begin = 0;
    while (const auto piece =
               find_piece(file, recognise_compression(archive), begin, wanted_bytes, most_bytes)) {
        CHECK(piece->begin_bytes == begin);
        begin = piece->end_bytes;
        ends.push_back(begin);
    }
    return ends;
}

const std::string kText = sample_text(1000);

}  // namespace

TEST_CASE("a piece is as many frames or members as reach the wanted size") {
    for (const std::string& one : {zstd_frame(kText), bgzf_member(kText)}) {
        const std::uint64_t size = one.size();
        const std::string four = one + one + one + one;
        CHECK(ends_of_pieces(four, 1, 9999) == std::vector{size, 2 * size, 3 * size, 4 * size});
        CHECK(ends_of_pieces(four, 1000, 9999) == std::vector{size, 2 * size, 3 * size, 4 * size});
        CHECK(ends_of_pieces(four, 1001, 9999) == std::vector{2 * size, 4 * size});
        CHECK(ends_of_pieces(four, 9999, 9999) == std::vector{4 * size});
        CHECK(ends_of_pieces(four, 9999, 3999) == std::vector{3 * size, 4 * size});
        CHECK(ends_of_pieces(four, 1, 1000) == std::vector{size, 2 * size, 3 * size, 4 * size});
        CHECK(ends_of_pieces(four, 1, 999).empty());
    }
}

TEST_CASE("skippable frames belong to pieces, unless they are too long to be held") {
    const std::string frame = zstd_frame(kText);
    const std::string skip = skippable_frame(std::string(400, 's'), 7);
    const std::uint64_t size = skip.size() + frame.size();
    CHECK(ends_of_pieces(skip + frame + skip + frame, 1000, 1500) == std::vector{size, 2 * size});
    CHECK(ends_of_pieces(skip + frame, 1000, 407).empty());
}

TEST_CASE("what a frame says of its size is believed only as far as its blocks can hold it") {
    const std::string raw = raw_zstd_frame({"one", "two"});
    const std::uint64_t size = raw.size();
    CHECK(ends_of_pieces(raw, 1, size) == std::vector{size});
    CHECK(ends_of_pieces(raw, 1, size - 1).empty());
    // A run of 100 KB, in four bytes.
    const std::string run =
        "\x28\xB5\x2F\xFD\0\x38"s + little_endian((100'000U << 3U) | 3U, 3) + "x";
    CHECK(ends_of_pieces(run, 1, 100'000) == std::vector<std::uint64_t>{run.size()});
    CHECK(ends_of_pieces(run, 1, 99'999).empty());
    // A content size of eight bytes, the largest there is.
    const std::string large = "\x28\xB5\x2F\xFD\xC0\x38"s + std::string(8, '\xFF') + raw.substr(6);
    CHECK(ends_of_pieces(large, 1, 99) == std::vector<std::uint64_t>{large.size()});
}

TEST_CASE("nothing that a single stream must judge is a piece") {
    const std::string frame = zstd_frame(kText);
    const std::string raw = raw_zstd_frame({kText});
    for (const std::string& bad : {frame.substr(0, frame.size() - 1), frame.substr(0, 3),
                                   frame.substr(0, 5), flipped(raw, 4, 8),  // a reserved bit
                                   flipped(raw, 5, 0x38 ^ 0xF8),  // a window that is too large
                                   flipped(raw, 6, 6),            // a reserved block type
                                   flipped(frame, 0), skippable_frame("notes").substr(0, 12)}) {
        CHECK(ends_of_pieces(frame + bad, 1, 9999) == std::vector<std::uint64_t>{frame.size()});
    }
    const std::string member = bgzf_member(kText);
    for (const std::string& bad :
         {member.substr(0, member.size() - 1), member.substr(0, 17), coded_member(kText).bytes(),
          flipped(member, 0), flipped(member, 3, 8), flipped(member, 10), flipped(member, 12),
          flipped(member, 14)}) {
        CHECK(ends_of_pieces(member + bad, 1, 9999) == std::vector<std::uint64_t>{member.size()});
    }
}

TEST_CASE("a piece is unpacked and verified, a damaged one is not") {
    const TemporaryFolder folder;
    for (const std::string& one : {zstd_frame(kText), bgzf_member(kText)}) {
        for (const bool damaged : {false, true}) {
            const std::string archive = one + (damaged ? flipped(one, one.size() - 3) : one);
            const auto file = std::make_shared<SourceFile>(spec(folder.write("archive", archive)),
                                                           std::make_shared<SourceStatus>("FILE"));
            const Compression compression = recognise_compression(archive);
            const auto piece = find_piece(*file, compression, 0, 2000, 9999);
            REQUIRE(piece);
            MemoryBlock block;
            const auto end = unpack_piece(file, compression, *piece, block, 10);
            CHECK(end.has_value() == !damaged);
            if (end) CHECK(std::string(block.data() + 10, block.data() + *end) == kText + kText);
        }
    }
}
