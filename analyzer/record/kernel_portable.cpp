// The scanner's portable twin: eight bytes at a time in an ordinary register.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "record/escape_nibbles.hpp"
#include "record/json_grammar.hpp"
#include "record/line_layout.hpp"
#include "record/structure_kernel.hpp"
#include "record/token_walk.hpp"

namespace stream_analyzer {
namespace portable {

class Patterns {};

class Block {
  public:
    Block(const char* bytes, const Patterns& /*patterns*/) : bytes_(bytes) {
        std::memcpy(words_.data(), bytes, sizeof words_);
        if constexpr (std::endian::native == std::endian::big) {
            for (std::uint64_t& word : words_) {
                word = __builtin_bswap64(word);
            }
        }
    }

    [[nodiscard]] const char* bytes() const { return bytes_; }

    [[nodiscard]] std::uint64_t backslashes() const { return equal('\\'); }
    [[nodiscard]] std::uint64_t quotes() const { return equal('"'); }
    [[nodiscard]] std::uint64_t line_feeds() const { return equal('\n'); }

    // Brackets differ from braces only in bit 0x20.
    [[nodiscard]] std::uint64_t operators() const {
        return gather([](std::uint64_t word) {
            const std::uint64_t folded = word | every(0x20);
            return zero_bytes(folded ^ every('{')) | zero_bytes(folded ^ every('}')) |
                   zero_bytes(word ^ every(':')) | zero_bytes(word ^ every(',')) |
                   zero_bytes(word ^ every('\n'));
        });
    }

    [[nodiscard]] std::uint64_t blanks() const {
        return gather([](std::uint64_t word) {
            return zero_bytes(word ^ every(' ')) | zero_bytes(word ^ every('\t')) |
                   zero_bytes(word ^ every('\r'));
        });
    }

    // Escapes are rare.
    [[nodiscard]] EscapeMasks escapes() const {
        EscapeMasks masks{};
        for (unsigned i = 0; i < 64; ++i) {
            const char c = bytes_[i];
            const std::uint64_t bit = std::uint64_t{1} << i;
            if (std::string_view("\"\\/bfnrtu").find(c) != std::string_view::npos) {
                masks.letters |= bit;
            }
            if (hex_value(c) >= 0) masks.hex_digits |= bit;
            if (c == 'u') masks.u |= bit;
        }
        return masks;
    }

    // A byte is below 0x20 when its three high bits are zero.
    [[nodiscard]] std::uint64_t control() const {
        return gather([](std::uint64_t word) { return zero_bytes(word & every(0xe0)); });
    }

    [[nodiscard]] std::uint64_t non_ascii() const {
        return gather([](std::uint64_t word) { return word & every(0x80); });
    }

  private:
    [[nodiscard]] std::uint64_t equal(char c) const {
        return gather([wanted = every(static_cast<unsigned char>(c))](std::uint64_t word) {
            return zero_bytes(word ^ wanted);
        });
    }

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

    const char* bytes_;
    std::array<std::uint64_t, 8> words_;
};

// Leaves what is not ASCII to others.
class Utf8Check {
  public:
    void look_at_first(const Block& block) { look_at(block); }
    void look_at(const Block& block) { seen_ |= block.non_ascii(); }
    [[nodiscard]] bool is_sure() const { return seen_ == 0; }

  private:
    std::uint64_t seen_ = 0;
};

inline std::uint64_t prefix_xor(std::uint64_t bits) {
    for (unsigned shift = 1; shift < 64; shift *= 2) {
        bits ^= bits << shift;
    }
    return bits;
}

inline std::uint32_t first_bit(std::uint64_t bits) {
    return static_cast<std::uint32_t>(std::countr_zero(bits | std::uint64_t{1} << 63U));
}

inline std::uint64_t line_feeds_in(const char* bytes) {
    return Block(bytes, Patterns()).line_feeds();
}

// Compilers make vectors of this loop.
inline bool is_laid_out(const char* bytes, const LineLayout& layout, std::size_t block) {
    const std::size_t first = block * LineLayout::kBlock_bytes;
    std::uint64_t in_string = layout.in_string[block];
    bool wrong = false;
    for (std::size_t i = 0; i < LineLayout::kBlock_bytes; ++i, in_string >>= 1U) {
        const auto above = static_cast<unsigned char>(bytes[i] - layout.lowest[first + i]);
        wrong |= above > static_cast<unsigned char>(layout.range[first + i]);
        wrong |= (in_string & 1U) != 0 && (bytes[i] == '"' || bytes[i] == '\\');
    }
    return !wrong;
}

#include "record/write_tokens.inc.hpp"
// It comes second.
#include "record/index_lines.inc.hpp"
// It needs the above.
#include "record/repeat_lines.inc.hpp"

}  // namespace portable

StructureKernel portable_structure_kernel() {
    return {"portable", portable::index_lines<false>, portable::index_lines<true>,
            walk_lines<CheckLevel::structure>, portable::repeat_lines};
}

}  // namespace stream_analyzer
