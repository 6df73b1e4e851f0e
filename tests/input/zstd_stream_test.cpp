#include "input/zstd_stream.hpp"

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
const std::string kLong = sample_text(400000);  // four blocks

std::vector<ArchiveCase> good_cases() {
    const std::string frame = zstd_frame(kText);
    const std::string skip = skippable_frame("notes", 0);
    return {
        {"one frame", frame, kText, ""},
        {"a frame of several blocks", zstd_frame(kLong), kLong, ""},
        {"two frames", frame + zstd_frame(kLong), kText + kLong, ""},
        {"no content size", zstd_frame(kLong, false), kLong, ""},
        {"no checksum", zstd_frame(kLong, true, false), kLong, ""},
        {"neither", zstd_frame(kText, false, false) + zstd_frame(kText, false, false),
         kText + kText, ""},
        {"an empty frame", zstd_frame(""), "", ""},
        {"empty frames between others", zstd_frame("") + frame + zstd_frame("") + frame,
         kText + kText, ""},
        {"a skippable frame first", skip + frame, kText, ""},
        {"skippable frames everywhere", skip + frame + skip + skip + frame + skip, kText + kText,
         ""},
        {"the last kind of skippable frame", skippable_frame("x", 15) + frame, kText, ""},
        {"an empty skippable frame", skippable_frame("") + frame, kText, ""},
        {"a long skippable frame", skippable_frame(std::string(700000, 's')) + frame, kText, ""},
        {"skippable frames only", skip + skip, "", ""},
        {"raw blocks", raw_zstd_frame({"one", "two", "three"}), "onetwothree", ""},
        {"an empty last block", raw_zstd_frame({"one", ""}), "one", ""},
        {"nothing at all", "", "", ""},
    };
}

std::vector<ArchiveCase> bad_cases() {
    const std::string frame = zstd_frame(kText);
    const std::string raw = raw_zstd_frame({kText, "second block"});
    const std::size_t second = 6 + 3 + kText.size();  // where the second block's header begins
    const std::string checked = raw_zstd_frame({"one", "two"}, "abcd");
    std::string reserved_block = raw;
    reserved_block[second] = static_cast<char>(reserved_block[second] | 6);
    std::string wrong_size = zstd_frame(kText, true, false);
    wrong_size[5] = static_cast<char>(wrong_size[5] + 1);
    return {
        {"wrong checksum", flipped(frame, frame.size() - 1), kText, "wrong checksum", frame.size()},
        {"checksum of other bytes", checked, "onetwo", "wrong checksum", checked.size()},
        {"cut after one byte", frame.substr(0, 1), "", "cut short inside a frame", 1},
        {"cut in the magic", frame.substr(0, 3), "", "cut short inside a frame", 3},
        {"cut in the frame header", raw.substr(0, 5), "", "cut short inside a frame", 5},
        {"cut behind the frame header", raw.substr(0, 6), "", "cut short inside a frame", 6},
        {"cut in a block's header", raw.substr(0, 8), "", "cut short inside a frame", 8},
        {"cut in a block", raw.substr(0, 500), kText.substr(0, 491), "cut short inside a frame",
         500},
        {"cut between blocks", raw.substr(0, second), kText, "cut short inside a frame", second},
        {"cut in the second block's header", raw.substr(0, second + 2), kText,
         "cut short inside a frame", second + 2},
        {"cut in the second block", raw.substr(0, second + 9), kText + "second",
         "cut short inside a frame", second + 9},
        {"cut in the checksum", checked.substr(0, checked.size() - 1), "onetwo",
         "cut short inside a frame", checked.size() - 1},
        {"cut before the checksum", checked.substr(0, checked.size() - 4), "onetwo",
         "cut short inside a frame", checked.size() - 4},
        {"cut in a second frame", frame + frame.substr(0, 10), kText, "cut short inside a frame",
         frame.size() + 10},
        {"cut in a skippable frame's header", skippable_frame("notes").substr(0, 6), "",
         "cut short inside a frame", 6},
        {"cut in a skippable frame", frame + skippable_frame("notes").substr(0, 10), kText,
         "cut short inside a frame", frame.size() + 10},
        {"second frame damaged", frame + flipped(frame, frame.size() - 2), kText + kText,
         "wrong checksum"},
        {"a bad block behind a good one", reserved_block, kText, "is damaged", second},
        {"a frame, then garbage", frame + "garbage", kText, "no zstd frame", frame.size()},
        {"a frame, then one byte", frame + "g", kText, "no zstd frame", frame.size()},
        {"a frame, then zeros", frame + std::string(100, '\0'), kText, "no zstd frame",
         frame.size()},
        {"a skippable frame, then garbage", skippable_frame("x") + "garbage", "", "no zstd frame",
         9},
        {"a frame of zstd 0.6", frame + "\x26\xB5\x2F\xFD\0\x10\0\0"s, kText, "no zstd frame",
         frame.size()},
        // Given in pieces, the library looks for old magic numbers at the second piece as well.
        {"a frame of zstd 0.6 behind a magic number's first byte",
         frame + "\x28\x26\xB5\x2F\xFD\0\x10\0\0"s, kText, "no zstd frame", frame.size()},
        {"reserved bit of the frame header", flipped(raw, 4, 8), "", "is damaged", 4},
        // The last block contradicts the size; it is not handed out.
        {"wrong content size", wrong_size, "", "is damaged"},
        {"a dictionary is needed", "\x28\xB5\x2F\xFD\x01\x38\x07"s + raw.substr(6), "",
         "is damaged"},
        {"a window that is too large", flipped(raw, 5, 0x38 ^ 0xF8), "", "needs a window"},
    };
}

}  // namespace

TEST_CASE("whole zstd files are read to their end, whatever the sizes of reads") {
    for (const ArchiveCase& test : good_cases()) {
        for (const std::size_t in_step : {1U, 7U, 1000000U}) {
            for (const std::size_t out_bytes : {1U, 1000U, 1000000U}) {
                CAPTURE(test.name, in_step, out_bytes);
                CHECK(verdict<ZstdStream>(test, in_step, out_bytes) == kNothingWrong);
            }
        }
    }
}

TEST_CASE("damaged zstd files deliver what is good, then name the damage and its offset") {
    for (const ArchiveCase& test : bad_cases()) {
        for (const std::size_t in_step : {1U, 7U, 1000000U}) {
            for (const std::size_t out_bytes : {1U, 1000U, 1000000U}) {
                CAPTURE(test.name, in_step, out_bytes);
                CHECK(verdict<ZstdStream>(test, in_step, out_bytes) == kNothingWrong);
            }
        }
    }
}

TEST_CASE("a zstd file cut anywhere is an error and delivers a prefix") {
    const std::string frame = zstd_frame(kText);
    const std::string archive = frame + frame;
    const std::string text = kText + kText;
    for (std::size_t length = 1; length < archive.size(); ++length) {
        if (length == frame.size()) continue;  // the first frame alone is whole
        const Delivery seen = deliver<ZstdStream>(archive.substr(0, length), 1000, 1000);
        CAPTURE(length, seen.error);
        CHECK_FALSE(seen.error.empty());
        CHECK(text.starts_with(seen.bytes));
        CHECK((length < frame.size() || seen.bytes.size() >= kText.size()));
    }
}

TEST_CASE("no flipped bit in a zstd file with a checksum changes its data unnoticed") {
    const std::string archive = zstd_frame(kText);
    for (std::size_t position = 0; position < archive.size(); ++position) {
        for (const unsigned mask : {1U, 16U, 128U}) {
            CAPTURE(position, mask);
            const Delivery seen = deliver<ZstdStream>(flipped(archive, position, mask), 1000, 1000);
            CHECK((!seen.error.empty() || seen.bytes == kText));
        }
    }
}

TEST_CASE("a damaged zstd file delivers the same and names the same place in any steps") {
    const std::string archive = zstd_frame(kText) + zstd_frame(kText, false);
    for (std::size_t position = 0; position < archive.size(); ++position) {
        for (const unsigned mask : {1U, 16U, 128U}) {
            const std::string damaged = flipped(archive, position, mask);
            const Delivery whole = deliver<ZstdStream>(damaged, 1000000, 1000000);
            for (const std::size_t in_step : {1U, 3U}) {
                const Delivery steps = deliver<ZstdStream>(damaged, in_step, 7);
                CAPTURE(position, mask, in_step);
                CHECK(whole.bytes == steps.bytes);
                CHECK(whole.error == steps.error);
            }
        }
    }
}

TEST_CASE("all blocks before a damaged one are delivered, whatever the size of reads") {
    const std::string archive = zstd_frame(kLong);
    const std::size_t block = 128U << 10U;  // the largest of RFC 8878
    for (const std::size_t out_bytes : {1U, 1000U, 131072U, 1000000U}) {
        const Delivery seen =
            deliver<ZstdStream>(archive.substr(0, archive.size() - 10), 1000000, out_bytes);
        CAPTURE(out_bytes);
        CHECK_FALSE(seen.error.empty());
        CHECK(kLong.starts_with(seen.bytes));
        CHECK(seen.bytes.size() == 3 * block);
    }
}
