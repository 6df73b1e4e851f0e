#include "store/piece_buffer.hpp"

#include <string>
#include <string_view>

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("a piece is what was appended, and of a padded rest nothing behind its end") {
    PieceBuffer piece;
    REQUIRE(piece.empty());
    REQUIRE(piece.text().empty());
    for (int round = 0; round < 2; ++round) {
        std::string expected;
        for (std::size_t i = 0; i < 2000; ++i) {
            const std::string text(i % 24, static_cast<char>('a' + i % 26));
            const std::string padded = text + std::string(PieceBuffer::kPadding_bytes, '\xee');
            piece.append_short_entry(i % 128, std::string_view(padded).substr(0, text.size()));
            expected += static_cast<char>(i % 128);
            expected += static_cast<char>(text.size());
            expected += text;
            if (i % 7 == 0) piece.append(padded);
            if (i % 7 == 0) expected += padded;
            REQUIRE(piece.size() == expected.size());
        }
        REQUIRE(piece.text() == expected);
        piece.clear();
        REQUIRE(piece.empty());
    }
}

TEST_CASE("a piece may have as many bytes as a block, and end with an entry there") {
    PieceBuffer piece;
    std::string expected(kMostBlock_bytes - 25, 'x');
    piece.append(expected);
    const std::string padded(2 * PieceBuffer::kPadding_bytes, 'y');
    piece.append_short_entry(3, std::string_view(padded).substr(0, 23));
    expected += std::string("\3\27", 2) + std::string(23, 'y');
    REQUIRE(piece.text() == expected);
    piece.clear();
    piece.append(std::string(kMostBlock_bytes - 2, 'x'));
    piece.append_short_entry(3, std::string_view(padded).substr(0, 0));
    REQUIRE(piece.size() == kMostBlock_bytes);
}
