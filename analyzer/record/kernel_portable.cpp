// The scanner's portable twin: eight bytes at a time in an ordinary register.
#include <simdjson.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "record/json_string.hpp"
#include "record/structure_kernel.hpp"

namespace stream_analyzer {
namespace portable {

class Block {
  public:
    explicit Block(const char* bytes) {
        std::memcpy(words_.data(), bytes, sizeof words_);
        if constexpr (std::endian::native == std::endian::big) {
            for (std::uint64_t& word : words_) {
                word = __builtin_bswap64(word);
            }
        }
    }

    [[nodiscard]] std::uint64_t equal(char c) const {
        return gather([wanted = every(static_cast<unsigned char>(c))](std::uint64_t word) {
            return zero_bytes(word ^ wanted);
        });
    }

    // Brackets differ from braces only in bit 0x20.
    [[nodiscard]] std::uint64_t brackets() const {
        return gather([](std::uint64_t word) {
            const std::uint64_t folded = word | every(0x20);
            return zero_bytes(folded ^ every('{')) | zero_bytes(folded ^ every('}'));
        });
    }

    // A byte is below 0x20 when its three high bits are zero.
    [[nodiscard]] std::uint64_t control() const {
        return gather([](std::uint64_t word) { return zero_bytes(word & every(0xe0)); });
    }

    [[nodiscard]] std::uint64_t non_ascii() const {
        return gather([](std::uint64_t word) { return word & every(0x80); });
    }

    [[nodiscard]] static std::uint64_t prefix_xor(std::uint64_t bits) {
        for (unsigned shift = 1; shift < 64; shift *= 2) {
            bits ^= bits << shift;
        }
        return bits;
    }

  private:
    [[nodiscard]] static constexpr std::uint64_t every(unsigned char byte) {
        return 0x0101010101010101U * byte;
    }

    // The high bit of each byte that is zero, exactly (no borrow runs between bytes).
    [[nodiscard]] static constexpr std::uint64_t zero_bytes(std::uint64_t word) {
        return ~(((word & every(0x7f)) + every(0x7f)) | word | every(0x7f));
    }

    // Packs the high bits of the bytes into one bit a byte: the product moves the bit of byte i to
    // bit 56 + i.
    template <typename HighBits>
    [[nodiscard]] std::uint64_t gather(HighBits high_bits) const {
        std::uint64_t mask = 0;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const std::uint64_t bits = high_bits(words_[i]) >> 7U;
            mask |= (bits * 0x0102040810204080U) >> 56U << (8 * i);
        }
        return mask;
    }

    std::array<std::uint64_t, 8> words_;
};

#include "record/structure_scan.inc.hpp"

}  // namespace portable

StructureKernel portable_structure_kernel() {
    return {"portable", portable::scan_line};
}

}  // namespace stream_analyzer
