// Gzip and zstd files made by hand, so that tests can break every single byte of them.
#pragma once

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zstd.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace stream_analyzer::testing {

inline std::string little_endian(std::uint64_t value, unsigned bytes) {
    std::string text;
    for (unsigned i = 0; i < bytes; ++i)
        text += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return text;
}

inline std::uint32_t crc32_of(std::string_view text) {
    return ::crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

/// Deflate data of one final stored block; at most 65,535 bytes.
inline std::string stored_deflate(std::string_view text) {
    const auto length = static_cast<unsigned>(text.size());
    return std::string(1, '\1') + little_endian(length, 2) + little_endian(~length & 0xFFFFU, 2) +
           std::string(text);
}

/// Deflate data of one final block in the fixed Huffman codes (RFC 1951 §3.2.6), symbol by symbol.
class FixedDeflate {
  public:
    FixedDeflate() { append_bits(3, 3); }

    void literals(std::string_view text) {
        for (const char byte : text) {
            const auto literal = static_cast<unsigned char>(byte);
            if (literal > 143) throw std::invalid_argument("a literal of nine bits");
            append_code(0x30U + literal, 8);
        }
    }
    /// 258 bytes from 32,768 bytes back.
    void farthest_copy() {
        append_code(0xC5, 8);
        append_code(29, 5);
        append_bits(0x1FFF, 13);
    }
    void end_of_block() { append_code(0, 7); }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    void append_bits(unsigned value, unsigned count) {
        for (unsigned i = 0; i < count; ++i)
            append_bit((value >> i) & 1U);
    }
    void append_code(unsigned code, unsigned count) {
        for (unsigned i = count; i > 0; --i)
            append_bit((code >> (i - 1)) & 1U);
    }
    void append_bit(unsigned bit) {
        if (bits_ % 8 == 0) bytes_ += '\0';
        bytes_.back() =
            static_cast<char>(static_cast<unsigned char>(bytes_.back()) | (bit << (bits_ % 8)));
        ++bits_;
    }

    std::string bytes_;
    std::size_t bits_ = 0;
};

/// Deflate data with Huffman codes.
inline std::string coded_deflate(std::string_view text) {
    std::vector<std::uint8_t> out(text.size() * 2 + 1024);
    std::vector<std::uint8_t> level(ISAL_DEF_LVL1_DEFAULT);
    std::string input(text);
    isal_zstream stream{};
    ::isal_deflate_init(&stream);
    stream.level = 1;
    stream.level_buf = level.data();
    stream.level_buf_size = static_cast<std::uint32_t>(level.size());
    stream.end_of_stream = 1;
    stream.gzip_flag = IGZIP_DEFLATE;
    stream.next_in = reinterpret_cast<std::uint8_t*>(input.data());
    stream.avail_in = static_cast<std::uint32_t>(input.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<std::uint32_t>(out.size());
    if (::isal_deflate(&stream) != COMP_OK) return {};
    return {reinterpret_cast<const char*>(out.data()), stream.total_out};
}

struct GzipMember {
    std::string flags = std::string(1, '\0');
    std::string fields;  ///< FEXTRA, FNAME, ... as they are
    std::string deflate;
    std::uint32_t crc = 0;
    std::uint32_t length = 0;

    [[nodiscard]] std::string header() const {
        return std::string("\x1F\x8B\x08") + flags + std::string(5, '\0') + '\xFF' + fields;
    }
    [[nodiscard]] std::string trailer() const {
        return little_endian(crc, 4) + little_endian(length, 4);
    }
    [[nodiscard]] std::string bytes() const { return header() + deflate + trailer(); }
    /// With a header checksum behind the header; `change` is added to it.
    [[nodiscard]] std::string bytes_with_header_crc(unsigned change = 0) const {
        return header() + little_endian((crc32_of(header()) + change) & 0xFFFFU, 2) + deflate +
               trailer();
    }
};

inline GzipMember stored_member(std::string_view text) {
    return {std::string(1, '\0'),
            {},
            stored_deflate(text),
            crc32_of(text),
            static_cast<std::uint32_t>(text.size())};
}

inline GzipMember coded_member(std::string_view text) {
    GzipMember member = stored_member({});
    member.deflate = coded_deflate(text);
    member.crc = crc32_of(text);
    member.length = static_cast<std::uint32_t>(text.size());
    return member;
}

/// A member of BGZF (SAM specification §4.1): its header tells its length. At most 64 KiB.
inline std::string bgzf_member(std::string_view text) {
    GzipMember member = coded_member(text);
    member.flags = std::string(1, '\4');
    const std::size_t length = member.bytes().size() + 8;
    member.fields = little_endian(6, 2) + "BC" + little_endian(2, 2) + little_endian(length - 1, 2);
    return member.bytes();
}

/// A zstd frame; with a checksum and, unless asked otherwise, the content size.
inline std::string zstd_frame(std::string_view text, bool with_size = true,
                              bool with_checksum = true) {
    std::string out(::ZSTD_compressBound(text.size()) + 64, '\0');
    ZSTD_CCtx* const context = ::ZSTD_createCCtx();
    ::ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, with_checksum ? 1 : 0);
    ::ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, with_size ? 1 : 0);
    out.resize(::ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size()));
    ::ZSTD_freeCCtx(context);
    return out;
}

/// A zstd frame of raw blocks without content size (RFC 8878 §3.1.1.2): bytes stand in it as they
/// are. `checksum` is appended as it is; empty for none.
inline std::string raw_zstd_frame(const std::vector<std::string>& blocks,
                                  std::string_view checksum = {}) {
    std::string frame("\x28\xB5\x2F\xFD");
    frame += checksum.empty() ? '\0' : '\4';  // no content size, window descriptor present
    frame += '\x38';                          // window of 128 KiB
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const unsigned last = i + 1 == blocks.size() ? 1 : 0;
        frame += little_endian((blocks[i].size() << 3U) | last, 3) + blocks[i];
    }
    return frame + std::string(checksum);
}

inline std::string skippable_frame(std::string_view content, unsigned nibble = 0) {
    return little_endian(0x184D2A50U + nibble, 4) + little_endian(content.size(), 4) +
           std::string(content);
}

}  // namespace stream_analyzer::testing
