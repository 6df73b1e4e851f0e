#include "input/bgzf_member.hpp"

#include <array>
#include <cstddef>
#include <string_view>

#include "input/little_endian.hpp"

namespace stream_analyzer {

namespace {

using namespace std::string_view_literals;

/// RFC 1952 §2.3: magic, deflate, FEXTRA alone, then six bytes of time, flags and system.
constexpr std::string_view kFixed = "\x1F\x8B\x08\x04"sv;
/// XLEN 6: the only field is BC, of two bytes (SAM specification §4.1).
constexpr std::string_view kExtra =
    "\x06\x00"
    "BC\x02\x00"sv;
constexpr std::size_t kExtra_offset = 10;
constexpr std::size_t kHeader_bytes = 18;
constexpr std::size_t kTrailer_bytes = 8;
/// The most that a block may hold, SAM specification §4.1.
constexpr std::uint64_t kLargestBlock_bytes = 65536;

}  // namespace

std::optional<ArchiveExtent> measure_bgzf_member(const SourceFile& file,
                                                 std::uint64_t offset_bytes) {
    std::array<char, kHeader_bytes> bytes{};
    if (!file.fill_from(offset_bytes, bytes)) return std::nullopt;
    const std::string_view header(bytes.data(), bytes.size());
    if (!header.starts_with(kFixed) || header.substr(kExtra_offset, kExtra.size()) != kExtra) {
        return std::nullopt;
    }
    // BSIZE is the member's length minus one.
    const std::uint64_t length = little_endian(header.substr(kExtra_offset + kExtra.size())) + 1;
    if (length < kHeader_bytes + kTrailer_bytes) return std::nullopt;
    std::array<char, 4> isize{};
    if (!file.fill_from(offset_bytes + length - isize.size(), isize)) return std::nullopt;
    const std::uint64_t decompressed = little_endian({isize.data(), isize.size()});
    if (decompressed > kLargestBlock_bytes) return std::nullopt;
    return ArchiveExtent{length, decompressed};
}

}  // namespace stream_analyzer
