// Finds the tokens of JSON lines, written once over 64-byte blocks and compiled once an instruction
// set.
//
// The including file opens a namespace of its own and, where needed, a region with a processor
// target; it defines a class `Block` there first, and a class `Patterns` for what is made once a
// run:
//     Block(const char*, const Patterns&)   loads 64 bytes
//     backslashes()              mask: bit i is set when byte i is one
//     quotes(), line_feeds()     likewise
//     operators()                { } [ ] : , and perhaps some bytes below 0x20
//     blanks()                   space, tab, CR, LF
//     control()                  below 0x20
//     non_ascii()                0x80 and above
//     static prefix_xor(mask)    bit i = parity of the bits 0..i
// and a function
//     write_positions(tokens, offset, out)   appends offset + i for each bit i of a block's tokens;
//                                            returns behind the last, may write up to 64 behind it
// No include guard and no includes, on purpose: see kernel_avx2.cpp.
//
// Strings are masked out by the parity of unescaped quotes, and the tokens' positions are written
// without a branch for each (the first stage of simdjson: Langdale and Lemire, "Parsing
// Gigabytes of JSON per Second", VLDB Journal 2019, section 3.1). What is different: the run ends
// ahead of the first line whose strings are in doubt, so that a broken line spoils no other.

namespace {

// Which bytes stand in strings, from block to block.
class Strings {
  public:
    // Bits of the bytes that a backslash escapes. A backslash that is escaped itself escapes
    // nothing, so in a run of backslashes every second one does: subtracting the run's beginning
    // from the odd bits flips them along the run (the method of simdjson 3.2).
    std::uint64_t escaped(std::uint64_t backslash) {
        constexpr std::uint64_t kOddBits = 0xaaaaaaaaaaaaaaaaU;
        const std::uint64_t may_escape = backslash & ~next_is_escaped_;
        const std::uint64_t flipped = ((may_escape << 1U | kOddBits) - may_escape) ^ kOddBits;
        const std::uint64_t escaped = flipped ^ (backslash | next_is_escaped_);
        next_is_escaped_ = (flipped & backslash) >> 63U;
        return escaped;
    }

    // Opening quotes are inside, closing ones are not.
    std::uint64_t inside(std::uint64_t unescaped_quotes) {
        const std::uint64_t inside = Block::prefix_xor(unescaped_quotes) ^ in_string_;
        in_string_ = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63U);
        return inside;
    }

  private:
    std::uint64_t next_is_escaped_ = 0;  // 1: the next block's first byte follows a backslash
    std::uint64_t in_string_ = 0;        // all ones: the next block begins inside a string
};

// The tokens of one block.
struct BlockTokens {
    std::uint64_t tokens;
    std::uint64_t line_feeds;  // outside strings
    std::uint64_t trouble;     // bytes that no good line has
    std::uint64_t backslash;
    std::uint64_t non_ascii;
};

class Tokenizer {
  public:
    BlockTokens tokens_of(const Block& block) {
        BlockTokens found{};
        found.backslash = block.backslashes();
        found.non_ascii = block.non_ascii();
        const std::uint64_t quote = block.quotes() & ~strings_.escaped(found.backslash);
        const std::uint64_t in_string = strings_.inside(quote);
        const std::uint64_t blanks = block.blanks() & ~in_string;
        const std::uint64_t operators = block.operators() & ~in_string;
        found.line_feeds = block.line_feeds() & ~in_string;
        const std::uint64_t scalar = ~(in_string | operators | blanks | quote);
        const std::uint64_t scalar_starts = scalar & ~(scalar << 1U | scalar_carry_);
        scalar_carry_ = scalar >> 63U;
        found.tokens = operators | (quote & in_string) | scalar_starts | found.line_feeds;
        // Outside strings a backslash escapes nothing, contrary to what is assumed here.
        found.trouble = (block.control() & ~blanks) | (found.backslash & ~in_string);
        return found;
    }

  private:
    Strings strings_;
    std::uint64_t scalar_carry_ = 0;  // 1: the last block ended inside a scalar
};

constexpr std::ptrdiff_t kBlock_bytes = 64;

// Room for a block's tokens behind the first `used`, and for what write_positions writes too much.
inline void make_room(TokenPositions& positions, std::size_t used) {
    if (positions.size() >= used + 2 * kBlock_bytes) return;
    positions.resize(std::max<std::size_t>(kRun_bytes, 2 * positions.size()));
}

IndexedLines index_lines(const char* begin, const char* end, TokenPositions& positions) {
    const char* const target = begin + std::min(end - begin, kRun_bytes);
    const char* const give_up = begin + std::min(end - begin, kLongestRun_bytes);
    make_room(positions, 0);
    std::uint32_t* first = positions.data();
    std::uint32_t* room_end = first + positions.size() - 2 * kBlock_bytes;
    std::uint32_t* out = first;
    std::uint64_t backslash = 0;
    std::uint64_t non_ascii = 0;
    const Patterns patterns;
    Tokenizer tokenizer;
    for (const char* at = begin; at < give_up; at += kBlock_bytes) {
        if (out > room_end) {
            const auto used = static_cast<std::size_t>(out - first);
            make_room(positions, used);
            first = positions.data();
            room_end = first + positions.size() - 2 * kBlock_bytes;
            out = first + used;
        }
        BlockTokens found = tokenizer.tokens_of(Block(at, patterns));
        if (end - at < kBlock_bytes) {
            const std::uint64_t inside = (std::uint64_t{1} << (end - at)) - 1;
            found.tokens &= inside;
            found.trouble &= inside;
        }
        backslash |= found.backslash;
        non_ascii |= found.non_ascii;
        const auto offset = static_cast<std::uint32_t>(at - begin);
        if (found.trouble != 0) {
            const std::uint64_t first_trouble = found.trouble & (0 - found.trouble);
            out = write_positions(found.tokens & (first_trouble - 1), offset, out);
            break;
        }
        out = write_positions(found.tokens, offset, out);
        if (found.line_feeds != 0 && at + kBlock_bytes >= target) break;
    }
    // The last line's tokens, if it is not whole.
    while (out != first && begin[out[-1]] != '\n') {
        --out;
    }
    return {.end = out == first ? begin : begin + out[-1] + 1,
            .tokens = static_cast<std::size_t>(out - first),
            .has_backslash = backslash != 0,
            .has_non_ascii = non_ascii != 0};
}

}  // namespace
