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

// Room for the tokens of so many bytes behind the first `used`, and for two blocks more: of rubbish
// that is written, and since who looks at lines looks up to 128 tokens ahead.
inline void make_room(TokenIndex& index, std::size_t used, std::ptrdiff_t bytes) {
    const std::size_t wanted = used + static_cast<std::size_t>(bytes + 3 * kBlock_bytes);
    if (index.offsets.size() >= wanted) return;
    const std::size_t room = std::max(wanted, 2 * index.offsets.size());
    index.offsets.resize(room);
    index.bytes.resize(room);
}

// Writes the tokens of block after block.
template <bool kFull>
class LineIndexer {  // NOLINT(clang-analyzer-optin.performance.Padding): one object a run
  public:
    LineIndexer(const char* begin, TokenIndex& index) : begin_(begin), index_(index) {}

    // Whole blocks from `at` on, up to `stop`: most of a run. False: there is trouble.
    bool index_blocks(const char*& at, const char* stop) {
        make_room(index_, count_, stop - at);
        std::uint32_t* offsets = index_.offsets.data() + count_;
        char* bytes = index_.bytes.data() + count_;
        bool is_good = true;
        for (; is_good && stop - at >= kBlock_bytes; at += kBlock_bytes) {
            __builtin_prefetch(at + kAhead_bytes);
            const Block block(at, patterns_);
            const BlockTokens found = look_at(block);
            std::uint64_t tokens = found.tokens;
            if (found.trouble != 0) [[unlikely]] {
                tokens &= ahead_of(found.trouble);
                is_good = false;
            }
            write_tokens(block, tokens, static_cast<std::uint32_t>(at - begin_), offsets, bytes);
            const auto written = std::popcount(tokens);
            offsets += written;
            bytes += written;
        }
        count_ = static_cast<std::size_t>(bytes - index_.bytes.data());
        return is_good;
    }

    // The next block, of which `inside` counts. False: there is trouble, or a line ends.
    bool index_block(const char* at, std::uint64_t inside) {
        make_room(index_, count_, kBlock_bytes);
        const Block block(at, patterns_);
        const BlockTokens found = look_at(block);
        const std::uint64_t trouble = found.trouble & inside;
        const std::uint64_t tokens = found.tokens & inside & ahead_of(trouble);
        write_tokens(block, tokens, static_cast<std::uint32_t>(at - begin_),
                     index_.offsets.data() + count_, index_.bytes.data() + count_);
        count_ += static_cast<std::size_t>(std::popcount(tokens));
        return trouble == 0 && (found.line_feeds & inside) == 0;
    }

    [[nodiscard]] std::size_t count() const { return count_; }

    // Without the last line's tokens, if it is not whole.
    [[nodiscard]] IndexedLines lines() const {
        std::size_t whole = count_;
        while (whole != 0 && index_.bytes[whole - 1] != '\n') {
            --whole;
        }
        return {.tokens = whole, .has_backslash = backslash_ != 0, .is_utf8 = utf8_.is_sure()};
    }

  private:
    // Bits ahead of the first of `bits`; all if there is none.
    [[nodiscard]] static std::uint64_t ahead_of(std::uint64_t bits) {
        return (bits & (0 - bits)) - 1;
    }

    BlockTokens look_at(const Block& block) {
        const BlockTokens found = tokenizer_.tokens_of(block);
        backslash_ |= found.backslash;
        utf8_.look_at(block, found.non_ascii);
        return found;
    }

    const char* begin_;
    TokenIndex& index_;
    std::size_t count_ = 0;
    std::uint64_t backslash_ = 0;
    const Patterns patterns_{};
    Utf8Check utf8_;
    Tokenizer<kFull> tokenizer_;
};

template <bool kFull>
IndexedLines index_lines(const char* begin, const char* end, std::ptrdiff_t run_bytes,
                         TokenIndex& index) {
    const char* const target = begin + std::min(end - begin, run_bytes);
    const char* const give_up = begin + std::min(end - begin, kLongestRun_bytes);
    LineIndexer<kFull> indexer(begin, index);
    const char* at = begin;
    if (!indexer.index_blocks(at, target)) return indexer.lines();
    for (; at < give_up && indexer.count() <= kMostTokens; at += kBlock_bytes) {
        const std::ptrdiff_t left = end - at;
        const std::uint64_t inside =
            left < kBlock_bytes ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
        if (!indexer.index_block(at, inside)) break;
    }
    return indexer.lines();
}

}  // namespace
