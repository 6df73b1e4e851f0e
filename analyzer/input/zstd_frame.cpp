#include "input/zstd_frame.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "input/little_endian.hpp"

namespace stream_analyzer {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMagic = "\x28\xB5\x2F\xFD"sv;
/// RFC 8878 §3.1.1.2: Block_Maximum_Size, and the length of a block's header.
constexpr std::uint64_t kLargestBlock_bytes = 128U << 10U;
constexpr std::size_t kBlockHeader_bytes = 3;
constexpr std::size_t kChecksum_bytes = 4;
/// The library's default limit (ZSTD_WINDOWLOG_LIMIT_DEFAULT, 27), which a stream is held to.
constexpr std::uint64_t kLargestWindow_bytes = std::uint64_t{1} << 27U;

enum BlockType : unsigned { kRaw = 0, kRunLength = 1, kCompressed = 2 };

/// Reads numbers of a file one after the other; from the first that is not there on, nothing.
class NumberReader {
  public:
    NumberReader(const SourceFile& file, std::uint64_t offset_bytes)
        : file_(file), offset_bytes_(offset_bytes) {}

    [[nodiscard]] std::optional<std::uint64_t> number(std::size_t bytes) {
        std::array<char, 8> buffer{};
        if (!file_.fill_from(offset_bytes_, std::span(buffer).first(bytes))) return std::nullopt;
        offset_bytes_ += bytes;
        return little_endian({buffer.data(), bytes});
    }
    void skip(std::uint64_t bytes) { offset_bytes_ += bytes; }
    [[nodiscard]] std::uint64_t offset_bytes() const { return offset_bytes_; }

  private:
    const SourceFile& file_;
    std::uint64_t offset_bytes_;
};

struct FrameHeader {
    std::uint64_t largest_block_bytes = 0;
    std::optional<std::uint64_t> content_bytes;
    bool has_checksum = false;
};

/// RFC 8878 §3.1.1.1, behind the magic number.
std::optional<FrameHeader> read_frame_header(NumberReader& reader) {
    const auto descriptor = reader.number(1);
    if (!descriptor || (*descriptor & 8U) != 0) return std::nullopt;  // a reserved bit
    const bool single_segment = (*descriptor & 0x20U) != 0;
    FrameHeader header;
    header.has_checksum = (*descriptor & 4U) != 0;
    std::optional<std::uint64_t> window;
    if (!single_segment) {
        window = reader.number(1);
        if (!window) return std::nullopt;
        const std::uint64_t base = std::uint64_t{1} << (10U + (*window >> 3U));
        window = base + base / 8 * (*window & 7U);
    }
    constexpr std::array<std::size_t, 4> kDictionary_bytes{0, 1, 2, 4};
    reader.skip(kDictionary_bytes[*descriptor & 3U]);
    const std::uint64_t kind = *descriptor >> 6U;
    if (kind > 0 || single_segment) {
        header.content_bytes = reader.number(std::size_t{1} << kind);
        if (!header.content_bytes) return std::nullopt;
        if (kind == 1) *header.content_bytes += 256;
    }
    const std::uint64_t window_bytes = window ? *window : *header.content_bytes;
    if (window_bytes > kLargestWindow_bytes) return std::nullopt;
    header.largest_block_bytes = std::min(window_bytes, kLargestBlock_bytes);
    return header;
}

/// Passes over the blocks. What they decompress to at most; nothing when that is above
/// `most_bytes`.
std::optional<std::uint64_t> measure_blocks(NumberReader& reader, const FrameHeader& header,
                                            std::uint64_t most_bytes) {
    std::uint64_t decompressed = 0;
    for (bool last = false; !last;) {
        const auto block = reader.number(kBlockHeader_bytes);
        if (!block) return std::nullopt;
        last = (*block & 1U) != 0;
        const std::uint64_t type = (*block >> 1U) & 3U;
        const std::uint64_t size = *block >> 3U;
        if (type > kCompressed || size > header.largest_block_bytes) return std::nullopt;
        reader.skip(type == kRunLength ? 1 : size);
        decompressed += type == kCompressed ? header.largest_block_bytes : size;
        if (decompressed > most_bytes) return std::nullopt;
    }
    return decompressed;
}

}  // namespace

bool fits_zstd_magic(std::string_view head) {
    head = head.substr(0, kZstdMagic_bytes);
    if (kMagic.starts_with(head)) return true;
    // Skippable frames: 16 magic numbers, RFC 8878 §3.1.2.
    return (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50U &&
           "\x2A\x4D\x18"sv.starts_with(head.substr(1));
}

std::optional<ArchiveExtent> measure_zstd_frame(const SourceFile& file, std::uint64_t offset_bytes,
                                                std::uint64_t most_bytes) {
    std::array<char, kZstdMagic_bytes> magic{};
    if (!file.fill_from(offset_bytes, magic)) return std::nullopt;
    const std::string_view seen(magic.data(), magic.size());
    if (!fits_zstd_magic(seen)) return std::nullopt;
    NumberReader reader(file, offset_bytes + magic.size());
    std::uint64_t decompressed = 0;
    if (seen == kMagic) {
        const auto header = read_frame_header(reader);
        if (!header) return std::nullopt;
        const auto blocks = measure_blocks(reader, *header, most_bytes);
        if (!blocks) return std::nullopt;
        decompressed = std::min(*blocks, header->content_bytes.value_or(*blocks));
        if (header->has_checksum) reader.skip(kChecksum_bytes);
    } else {
        const auto length = reader.number(4);
        if (!length) return std::nullopt;
        reader.skip(*length);
    }
    if (reader.offset_bytes() > *file.size_bytes()) return std::nullopt;
    return ArchiveExtent{reader.offset_bytes() - offset_bytes, decompressed};
}

}  // namespace stream_analyzer
