#include "input/compression.hpp"

#include <string>

#include "archives.hpp"
#include "catch2.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

TEST_CASE("compression is recognised by the first bytes") {
    CHECK(recognise_compression(stored_member("x").bytes()) == Compression::gzip);
    CHECK(recognise_compression(zstd_frame("x")) == Compression::zstd);
    for (unsigned nibble = 0; nibble < 16; ++nibble) {
        CHECK(recognise_compression(skippable_frame("x", nibble)) == Compression::zstd);
    }
    for (const char* level : {"BZh1", "BZh9"}) {
        CHECK(recognise_compression(level) == Compression::bzip2);
    }
    CHECK(recognise_compression(std::string("\xFD"
                                            "7zXZ\0",
                                            6)) == Compression::xz);
}

TEST_CASE("text, too few bytes and nothing are not compressed") {
    for (const std::string& head :
         {std::string(), std::string("{\"ts\":"), std::string("\x1F"), std::string("\x28\xB5\x2F"),
          std::string("BZh"), std::string("BZh0"), std::string("BZhx"), std::string("\x5F\x2A\x4D"),
          std::string("P*M"), std::string("\xEF\xBB\xBF{")}) {
        CAPTURE(head);
        CHECK(recognise_compression(head) == Compression::none);
    }
}

TEST_CASE("a path becomes one word of a shell command") {
    CHECK(shell_word("dir/a-b_1.jsonl.bz2") == "dir/a-b_1.jsonl.bz2");
    CHECK(shell_word("a b") == "'a b'");
    CHECK(shell_word("it's") == "'it'\\''s'");
    CHECK(shell_word("$x") == "'$x'");
    CHECK(shell_word("-rf") == "./-rf");
    CHECK(shell_word("") == "''");
}

TEST_CASE("a refusal of standard input shows the pipe to build") {
    CHECK(std::string(unreadable_compression(Compression::xz, "-").what()) ==
          "cannot read standard input: it is compressed with xz, which is not read directly. Pipe "
          "it through: ... | xzcat | stream-analyzer analyze -");
}
