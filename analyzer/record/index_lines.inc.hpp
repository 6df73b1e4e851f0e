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
//     escapes()                  {letters, hex_digits, u}: what may stand behind a backslash
// a class `Utf8Check` and a function
//     look_at(block, non_ascii)  each block in turn
//     is_sure()                  they are UTF-8, but for what a sequence cut at the end lacks
//     prefix_xor(mask)           bit i = parity of the bits 0..i
//     write_tokens(block, tokens, offset, offsets, bytes)
//                                writes offset + i and byte i of the block for each bit i of
//                                `tokens`, and perhaps rubbish up to 64 behind their beginnings
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
        const std::uint64_t inside = prefix_xor(unescaped_quotes) ^ in_string_;
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

// Which escapes are none of RFC 8259's, from block to block.
class Escapes {
  public:
    std::uint64_t bad(const Block& block, std::uint64_t escaped) {
        if ((escaped | next_digits_) == 0) return 0;
        const auto allowed = block.escapes();
        const std::uint64_t u = escaped & allowed.u;
        const std::uint64_t digits = u << 1U | u << 2U | u << 3U | u << 4U | next_digits_;
        next_digits_ = u >> 63U | u >> 62U | u >> 61U | u >> 60U;
        return (escaped & ~allowed.letters) | (digits & ~allowed.hex_digits);
    }

  private:
    std::uint64_t next_digits_ = 0;  // where the next block must have hexadecimal digits
};

template <bool kFull>
class Tokenizer {
  public:
    BlockTokens tokens_of(const Block& block) {
        BlockTokens found{};
        found.backslash = block.backslashes();
        found.non_ascii = block.non_ascii();
        const std::uint64_t escaped = strings_.escaped(found.backslash);
        const std::uint64_t quote = block.quotes() & ~escaped;
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
        if constexpr (kFull) found.trouble |= escapes_.bad(block, escaped);
        return found;
    }

  private:
    Strings strings_;
    Escapes escapes_;
    std::uint64_t scalar_carry_ = 0;  // 1: the last block ended inside a scalar
};

constexpr std::ptrdiff_t kBlock_bytes = 64;

// Processors prefetch by themselves, but not across pages, which are two of the usual lines long.
// 1 to 8 KiB measure the same, 6 % of the scan.
constexpr std::ptrdiff_t kAhead_bytes = 2048;

// Room for three blocks' tokens behind the first `used`: one is written, rubbish included, and who
// looks at lines looks up to 128 tokens ahead.
inline void make_room(TokenIndex& index, std::size_t used) {
    if (index.offsets.size() >= used + 3 * kBlock_bytes) return;
    const std::size_t room = std::max<std::size_t>(kRun_bytes, 2 * index.offsets.size());
    index.offsets.resize(room);
    index.bytes.resize(room);
}

template <bool kFull>
IndexedLines index_lines(const char* begin, const char* end, std::ptrdiff_t run_bytes,
                         TokenIndex& index) {
    const char* const target = begin + std::min(end - begin, run_bytes);
    const char* const give_up = begin + std::min(end - begin, kLongestRun_bytes);
    std::size_t count = 0;
    std::uint64_t backslash = 0;
    Utf8Check utf8;
    const Patterns patterns;
    Tokenizer<kFull> tokenizer;
    for (const char* at = begin; at < give_up && count <= kMostTokens; at += kBlock_bytes) {
        make_room(index, count);
        __builtin_prefetch(at + kAhead_bytes);
        const Block block(at, patterns);
        BlockTokens found = tokenizer.tokens_of(block);
        if (end - at < kBlock_bytes) {
            const std::uint64_t inside = (std::uint64_t{1} << (end - at)) - 1;
            found.tokens &= inside;
            found.trouble &= inside;
        }
        backslash |= found.backslash;
        utf8.look_at(block, found.non_ascii);
        if (found.trouble != 0) found.tokens &= (found.trouble & (0 - found.trouble)) - 1;
        write_tokens(block, found.tokens, static_cast<std::uint32_t>(at - begin),
                     index.offsets.data() + count, index.bytes.data() + count);
        count += static_cast<std::size_t>(std::popcount(found.tokens));
        if (found.trouble != 0) break;
        if (found.line_feeds != 0 && at + kBlock_bytes >= target) break;
    }
    // The last line's tokens, if it is not whole.
    while (count != 0 && index.bytes[count - 1] != '\n') {
        --count;
    }
    return {.tokens = count, .has_backslash = backslash != 0, .is_utf8 = utf8.is_sure()};
}

}  // namespace
