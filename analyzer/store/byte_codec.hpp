// Numbers and texts as bytes: little-endian on every machine.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace stream_analyzer {

/// Appends to a string that outlives it.
class ByteWriter {
  public:
    explicit ByteWriter(std::string& out) : out_(out) {}

    void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
    void u32(std::uint32_t value) { fixed(value, 4); }
    void u64(std::uint64_t value) { fixed(value, 8); }
    /// LEB128: seven bits a byte, the least significant first; at most 10 bytes.
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U)
            byte(static_cast<std::uint8_t>(value | 0x80U));
        byte(static_cast<std::uint8_t>(value));
    }
    /// Zigzag: numbers near 0 of both signs are short.
    void signed_varint(std::int64_t value) {
        varint((static_cast<std::uint64_t>(value) << 1U) ^
               static_cast<std::uint64_t>(value >> 63U));
    }
    void real(double value) { u64(std::bit_cast<std::uint64_t>(value)); }
    /// The length as a varint, then the bytes.
    void text(std::string_view value) {
        varint(value.size());
        out_.append(value);
    }

  private:
    void fixed(std::uint64_t value, unsigned bytes) {
        if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
        std::array<char, sizeof value> text{};
        std::memcpy(text.data(), &value, sizeof value);
        out_.append(text.data(), bytes);
    }

    std::string& out_;
};

/// Reads what ByteWriter wrote. Bytes that cannot be read so throw EnvironmentError "NAME is
/// damaged: ...". `bytes` and `name` are borrowed.
class ByteReader {
  public:
    ByteReader(std::string_view bytes, const std::string& name)
        : at_(bytes.data()), end_(bytes.data() + bytes.size()), name_(&name) {}

    [[nodiscard]] bool empty() const { return at_ == end_; }
    [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

    [[nodiscard]] std::uint8_t byte() {
        if (at_ == end_) fail("a block ends too early");
        return static_cast<std::uint8_t>(*at_++);
    }
    [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(fixed(4)); }
    [[nodiscard]] std::uint64_t u64() { return fixed(8); }
    [[nodiscard]] std::uint64_t varint() {
        if (at_ != end_ && static_cast<std::uint8_t>(*at_) < 0x80) {
            return static_cast<std::uint8_t>(*at_++);
        }
        return long_varint();
    }
    [[nodiscard]] std::int64_t signed_varint() {
        const std::uint64_t value = varint();
        return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1));
    }
    [[nodiscard]] double real() { return std::bit_cast<double>(u64()); }
    /// A view into the bytes.
    [[nodiscard]] std::string_view text() { return bytes(varint()); }
    [[nodiscard]] std::string_view bytes(std::uint64_t size) {
        if (size > left()) fail("a block ends too early");
        const std::string_view view(at_, size);
        at_ += size;
        return view;
    }

    [[noreturn]] void fail(std::string_view why) const;

  private:
    [[nodiscard]] std::uint64_t long_varint();
    [[nodiscard]] std::uint64_t fixed(std::size_t bytes) {
        if (left() < bytes) fail("a block ends too early");
        std::uint64_t value = 0;
        std::memcpy(&value, at_, bytes);
        at_ += bytes;
        if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
        return value;
    }

    const char* at_;
    const char* end_;
    const std::string* name_;
};

/// Throws EnvironmentError "NAME is damaged: WHY".
[[noreturn]] void fail_as_damaged(std::string_view name, std::string_view why);

}  // namespace stream_analyzer
