#include "input/gzip_header.hpp"

#include <isa-l/crc.h>

namespace stream_analyzer {

namespace {

// FLG bits, RFC 1952 §2.3.1. FTEXT (bit 0) is a hint only.
constexpr unsigned kHeaderCrc = 1U << 1U;
constexpr unsigned kExtra = 1U << 2U;
constexpr unsigned kName = 1U << 3U;
constexpr unsigned kComment = 1U << 4U;
constexpr unsigned kReserved = 0xE0U;
constexpr unsigned kDeflate = 8;

class HeaderReader {
  public:
    HeaderReader(CompressedInput& input, std::uint64_t decompressed_bytes)
        : input_(input), decompressed_bytes_(decompressed_bytes) {}

    unsigned byte() {
        const auto value = input_.next_byte();
        if (!value) throw damage("ends inside a member header");
        crc_ = ::crc32_gzip_refl(crc_, &*value, 1);
        return *value;
    }
    unsigned little_endian_16() {
        const unsigned low = byte();
        return low | (byte() << 8U);
    }
    void skip(unsigned bytes) {
        for (; bytes > 0; --bytes)
            byte();
    }
    void skip_text() {
        while (byte() != 0) {
        }
    }
    /// The two least significant bytes of the CRC-32 of all header bytes so far.
    [[nodiscard]] unsigned crc16() const { return crc_ & 0xFFFFU; }
    [[nodiscard]] EnvironmentError damage(std::string_view what) const {
        return input_.damage(what, decompressed_bytes_);
    }

  private:
    CompressedInput& input_;
    std::uint64_t decompressed_bytes_;
    std::uint32_t crc_ = 0;
};

}  // namespace

void read_gzip_header(CompressedInput& input, std::uint64_t decompressed_bytes) {
    HeaderReader header(input, decompressed_bytes);
    if (header.byte() != 0x1FU || header.byte() != 0x8BU) {
        input.give_back(1);
        throw header.damage("is followed by bytes that are no gzip member");
    }
    if (header.byte() != kDeflate) throw header.damage("uses an unknown method");
    const unsigned flags = header.byte();
    if ((flags & kReserved) != 0) throw header.damage("has a reserved header flag set");
    header.skip(6);  // MTIME, XFL, OS
    if ((flags & kExtra) != 0) header.skip(header.little_endian_16());
    if ((flags & kName) != 0) header.skip_text();
    if ((flags & kComment) != 0) header.skip_text();
    if ((flags & kHeaderCrc) != 0) {
        const unsigned expected = header.crc16();
        if (header.little_endian_16() != expected) {
            throw header.damage("has a wrong header checksum");
        }
    }
}

}  // namespace stream_analyzer
