#include "input/gzip_stream.hpp"

#include <string>
#include <vector>

#include "archive_cases.hpp"
#include "archives.hpp"
#include "catch2.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

using namespace std::string_literals;

const std::string kText = sample_text(1000);
const std::string kLong = sample_text(300000);

GzipMember with_flags(char flags, const std::string& fields) {
    GzipMember member = stored_member(kText);
    member.flags = std::string(1, flags);
    member.fields = fields;
    return member;
}

std::vector<ArchiveCase> good_cases() {
    const std::string member = stored_member(kText).bytes();
    const std::string extra = little_endian(5, 2) + "a\0b\x1F\x8B"s;
    const std::string all = extra + "name\0comment\0"s;
    return {
        {"one stored member", member, kText, ""},
        {"one coded member", coded_member(kText).bytes(), kText, ""},
        {"one long member", coded_member(kLong).bytes(), kLong, ""},
        {"two members", member + coded_member(kLong).bytes(), kText + kLong, ""},
        {"an empty member", coded_member("").bytes(), "", ""},
        {"empty members between others",
         stored_member("").bytes() + member + coded_member("").bytes() + member, kText + kText, ""},
        {"zero padding", member + std::string(1000, '\0'), kText, ""},
        {"zero padding longer than the buffer", member + std::string(600000, '\0'), kText, ""},
        {"zero padding between members", member + std::string(512, '\0') + member, kText + kText,
         ""},
        {"FEXTRA", with_flags(4, extra).bytes(), kText, ""},
        {"FEXTRA of no bytes", with_flags(4, "\0\0"s).bytes(), kText, ""},
        {"FNAME", with_flags(8, "dump.jsonl\0"s).bytes(), kText, ""},
        {"FCOMMENT", with_flags(16, "\0"s).bytes(), kText, ""},
        {"FTEXT", with_flags(1, "").bytes(), kText, ""},
        {"FHCRC", with_flags(2, "").bytes_with_header_crc(), kText, ""},
        {"all header fields", with_flags(31, all).bytes_with_header_crc(), kText, ""},
        {"nothing at all", "", "", ""},
    };
}

std::vector<ArchiveCase> bad_cases() {
    const GzipMember good = stored_member(kText);
    const std::string member = good.bytes();
    const std::size_t body = 10 + 5;  // header, then the stored block's own header
    const std::size_t trailer = body + kText.size();
    const std::string name = with_flags(8, "dump.jsonl\0"s).bytes();
    const std::string checked = with_flags(2, "").bytes_with_header_crc();

    // Far from the end, where the decoder's fast loop judges a distance after it has written.
    FixedDeflate far_copy;
    far_copy.literals(kText);
    far_copy.farthest_copy();
    const std::size_t copied = 10 + far_copy.bytes().size();
    far_copy.literals(kText);
    far_copy.end_of_block();

    std::string bad_text = kText;
    bad_text[500] = static_cast<char>(bad_text[500] ^ 1);
    return {
        {"flipped byte in a stored block", flipped(member, body + 500), bad_text,
         "wrong checksum (CRC-32)", trailer + 4},
        {"wrong CRC", flipped(member, trailer), kText, "wrong checksum (CRC-32)", trailer + 4},
        {"wrong ISIZE", flipped(member, trailer + 4), kText, "wrong length (ISIZE)", trailer + 8},
        {"wrong CRC of an empty member", flipped(stored_member("").bytes(), 15), "",
         "wrong checksum"},
        {"cut after one byte", member.substr(0, 1), "", "ends inside a member header", 1},
        {"cut after the magic", member.substr(0, 2), "", "ends inside a member header", 2},
        {"cut in the header", member.substr(0, 9), "", "ends inside a member header", 9},
        {"cut in FNAME", name.substr(0, 14), "", "ends inside a member header", 14},
        {"cut in FHCRC", checked.substr(0, 11), "", "ends inside a member header", 11},
        {"cut behind the header", member.substr(0, 10), "", "cut short inside a member", 10},
        {"cut in the stored block's header", member.substr(0, 12), "", "cut short inside", 12},
        {"cut in the body", member.substr(0, body + 300), kText.substr(0, 300),
         "cut short inside a member", body + 300},
        {"cut behind the body", member.substr(0, trailer), kText, "inside a member's trailer",
         trailer},
        {"cut in the CRC", member.substr(0, trailer + 3), kText, "member's trailer", trailer + 3},
        {"cut in ISIZE", member.substr(0, trailer + 7), kText, "member's trailer", trailer + 7},
        {"cut in the second member's header", member + member.substr(0, 5), kText,
         "ends inside a member header", member.size() + 5},
        {"second member damaged", member + flipped(member, member.size() - 5), kText + kText,
         "wrong checksum", 2 * member.size() - 4},
        {"second member damaged, a third follows",
         member + flipped(member, member.size() - 5) + member, kText + kText, "wrong checksum"},
        {"garbage tail", member + "garbage", kText, "no gzip member", member.size()},
        {"garbage of one byte", member + "g", kText, "no gzip member", member.size()},
        {"garbage that begins like a member", member + "\x1F garbage", kText, "no gzip member",
         member.size() + 1},
        {"zero padding, then garbage", member + std::string(9, '\0') + "g", kText, "no gzip member",
         member.size() + 9},
        {"unknown method", flipped(member, 2), "", "unknown method"},
        {"reserved flag", flipped(member, 3, 0x20), "", "reserved header flag"},
        {"wrong FHCRC", with_flags(2, "").bytes_with_header_crc(1), "", "wrong header checksum"},
        {"wrong FHCRC with all fields",
         with_flags(31, little_endian(2, 2) + "abname\0comment\0"s).bytes_with_header_crc(256), "",
         "wrong header checksum"},
        {"header byte changed under FHCRC", flipped(checked, 4), "", "wrong header checksum"},
        {"reserved block type", flipped(member, 10, 6), "", "invalid block"},
        {"stored length and its complement differ", flipped(member, 11), "", "invalid block"},
        {"distance before the beginning",
         // fixed Huffman codes: literal 'a', then length 3 at distance 4 (RFC 1951 §3.2.6)
         good.header() + "\x4B\x04\x33\x00"s + good.trailer(), "a", "before its beginning"},
        {"distance before the beginning, far from the end",
         good.header() + far_copy.bytes() + good.trailer(), kText, "before its beginning", copied},
    };
}

}  // namespace

TEST_CASE("whole gzip files are read to their end, whatever the sizes of reads") {
    for (const ArchiveCase& test : good_cases()) {
        for (const std::size_t in_step : {1U, 7U, 1000000U}) {
            for (const std::size_t out_bytes : {1U, 1000U, 1000000U}) {
                CAPTURE(test.name, in_step, out_bytes);
                CHECK(verdict<GzipStream>(test, in_step, out_bytes) == kNothingWrong);
            }
        }
    }
}

TEST_CASE("damaged gzip files deliver what is good, then name the damage and its offset") {
    for (const ArchiveCase& test : bad_cases()) {
        for (const std::size_t in_step : {1U, 7U, 1000000U}) {
            for (const std::size_t out_bytes : {1U, 1000U, 1000000U}) {
                CAPTURE(test.name, in_step, out_bytes);
                CHECK(verdict<GzipStream>(test, in_step, out_bytes) == kNothingWrong);
            }
        }
    }
}

TEST_CASE("a gzip file cut anywhere is an error and delivers a prefix") {
    const std::string archive = coded_member(kText).bytes() + coded_member(kText).bytes();
    const std::string text = kText + kText;
    for (std::size_t length = 1; length < archive.size(); ++length) {
        if (length == archive.size() / 2) continue;  // the first member alone is whole
        const Delivery seen = deliver<GzipStream>(archive.substr(0, length), 1000, 1000);
        CAPTURE(length, seen.error);
        CHECK_FALSE(seen.error.empty());
        CHECK(text.starts_with(seen.bytes));
        CHECK((length < archive.size() / 2 || seen.bytes.size() >= kText.size()));
    }
}

TEST_CASE("what a cut gzip file delivers does not depend on the sizes of reads") {
    // Long enough for the decoder's fast loop, which takes several literals at a time, and gives
    // whole ones back when bits of the last are missing.
    const std::string text = sample_text(20000);
    const std::string archive = coded_member(text).bytes();
    for (std::size_t length = 2000; length < 2400; ++length) {
        const std::string cut = archive.substr(0, length);
        const Delivery whole = deliver<GzipStream>(cut, 1000000, 1000000);
        CHECK(text.starts_with(whole.bytes));
        for (const std::size_t in_step : {1U, 3U, 100U, 1000000U}) {
            CAPTURE(length, in_step);
            CHECK(deliver<GzipStream>(cut, in_step, 1000).bytes == whole.bytes);
        }
    }
}

TEST_CASE("when reading fails, what came before is delivered, then the failure is told") {
    class FailingStream : public MemoryStream {
      public:
        using MemoryStream::MemoryStream;
        [[nodiscard]] std::size_t read(std::span<char> out) override {
            const std::size_t length = MemoryStream::read(out);
            if (length == 0) throw EnvironmentError("cannot read FILE: lost");
            return length;
        }
    };
    const std::string archive = stored_member(kText).bytes().substr(0, 500);
    for (const std::size_t in_step : {7U, 1000U}) {
        GzipStream stream(std::make_unique<FailingStream>(archive, in_step), "FILE");
        std::string out(kText.size(), ' ');
        std::size_t length = 0;
        while (length < 500 - 15) {  // without both headers
            length += stream.read(std::span(out).subspan(length));
        }
        CHECK(kText.starts_with(out.substr(0, length)));
        CHECK_THROWS_WITH(stream.read(out), "cannot read FILE: lost");
    }
}

TEST_CASE("no flipped bit in a gzip file changes its data unnoticed") {
    const std::string archive = coded_member(kText).bytes();
    for (std::size_t position = 10; position < archive.size(); ++position) {
        for (const unsigned mask : {1U, 16U, 128U}) {
            CAPTURE(position, mask);
            const Delivery seen = deliver<GzipStream>(flipped(archive, position, mask), 1000, 1000);
            // The bits behind the last code up to the byte's end mean nothing.
            CHECK((!seen.error.empty() || seen.bytes == kText));
        }
    }
}

TEST_CASE("a damaged gzip file delivers the same and names the same place in any steps") {
    const std::string archive = coded_member(kText).bytes() + coded_member(kText).bytes();
    for (std::size_t position = 10; position < archive.size(); ++position) {
        for (const unsigned mask : {1U, 16U, 128U}) {
            const std::string damaged = flipped(archive, position, mask);
            const Delivery whole = deliver<GzipStream>(damaged, 1000000, 1000000);
            for (const std::size_t out_bytes : {7U, 1000000U}) {
                const Delivery steps = deliver<GzipStream>(damaged, 1, out_bytes);
                CAPTURE(position, mask, out_bytes);
                CHECK(whole.bytes == steps.bytes);
                CHECK(whole.error == steps.error);
            }
        }
    }
}

TEST_CASE("what was decoded before damage inside a long member is delivered") {
    const std::string archive = coded_member(kLong).bytes();
    // The decoder holds up to two windows of 32 KiB back; all of it must come out.
    for (const std::size_t out_bytes : {1U, 100U, 40000U, 1000000U}) {
        const Delivery whole = deliver<GzipStream>(archive, 1000000, out_bytes);
        REQUIRE(whole.error.empty());
        const Delivery cut =
            deliver<GzipStream>(archive.substr(0, archive.size() / 2), 1000000, out_bytes);
        CHECK_FALSE(cut.error.empty());
        CHECK(kLong.starts_with(cut.bytes));
        CHECK(cut.bytes.size() > kLong.size() / 3);
        const Delivery expected =
            deliver<GzipStream>(archive.substr(0, archive.size() / 2), 1000000, 1000000);
        CHECK(cut.bytes.size() == expected.bytes.size());
    }
}
