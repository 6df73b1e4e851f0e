// Finds the tokens of JSON lines, written once over 64-byte blocks and compiled once an instruction
// set.
//
// The including file opens a namespace of its own and, where needed, a region with a processor
// target; it defines a class `Block` there first, and a class `Patterns` for what is made once a
// run:
//     Block(const char*, const Patterns&)   loads 64 bytes
//     backslashes()              mask: bit i is set when byte i is one
//     quotes(), line_feeds()     likewise
//     operators()                { } [ ] : , and line feeds
//     blanks()                   space, tab, CR, and perhaps line feeds
//     control()                  below 0x20
//     escapes()                  {letters, hex_digits, u}: what may stand behind a backslash
// a class `Utf8Check` and a function
//     look_at_first(block)       with nothing ahead of it
//     look_at(block)             each of the others, in order, perhaps some again
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

// What the bytes of one block are, wherever they stand.
struct BlockMasks {
    explicit BlockMasks(const Block& block)
        : backslashes(block.backslashes()),
          quotes(block.quotes()),
          blanks(block.blanks()),
          operators(block.operators()),
          control(block.control()) {}

    std::uint64_t backslashes;
    std::uint64_t quotes;
    std::uint64_t blanks;
    std::uint64_t operators;
    std::uint64_t control;
};

// The tokens of one block.
struct BlockTokens {
    std::uint64_t tokens;
    std::uint64_t trouble;  // bytes that no good line has
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
    BlockTokens tokens_of(const Block& block, const BlockMasks& masks) {
        const std::uint64_t escaped = strings_.escaped(masks.backslashes);
        const std::uint64_t quotes = masks.quotes & ~escaped;
        const std::uint64_t in_string = strings_.inside(quotes);
        const std::uint64_t operators = masks.operators & ~in_string;
        const std::uint64_t between = (masks.operators | masks.blanks) & ~in_string;
        const std::uint64_t scalars = ~(in_string | between | quotes);
        const std::uint64_t scalar_starts = scalars & ~(scalars << 1U | last_scalars_ >> 63U);
        last_scalars_ = scalars;
        BlockTokens found{};
        found.tokens = operators | (quotes & in_string) | scalar_starts;
        // Outside strings a backslash escapes nothing, contrary to what is assumed here.
        found.trouble = (masks.control & ~between) | (masks.backslashes & ~in_string);
        if constexpr (kFull) found.trouble |= escapes_.bad(block, escaped);
        return found;
    }

  private:
    Strings strings_;
    Escapes escapes_;
    std::uint64_t last_scalars_ = 0;  // of the last block
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

// Writes tokens one step behind who finds them; see LineIndexer::index_blocks().
class TokenWriter {
  public:
    // From the token `used` on, for which there must be room.
    TokenWriter(const char* begin, const Patterns& patterns, TokenIndex& index, std::size_t used)
        : begin_(begin),
          patterns_(patterns),
          offsets_(index.offsets.data() + used),
          bytes_(index.bytes.data() + used),
          block_(begin) {}

    // Of the block that was found last.
    void write() {
        write_tokens(Block(block_, patterns_), tokens_, static_cast<std::uint32_t>(block_ - begin_),
                     offsets_, bytes_);
        const auto written = std::popcount(tokens_);
        offsets_ += written;
        bytes_ += written;
    }

    void find(const char* block, std::uint64_t tokens) {
        block_ = block;
        tokens_ = tokens;
    }

    [[nodiscard]] const char* end() const { return bytes_; }

  private:
    const char* begin_;
    const Patterns& patterns_;
    std::uint32_t* offsets_;
    char* bytes_;
    const char* block_;
    std::uint64_t tokens_ = 0;
};

template <bool kFull>
class LineIndexer {  // NOLINT(clang-analyzer-optin.performance.Padding): one object a run
  public:
    LineIndexer(const char* begin, TokenIndex& index) : begin_(begin), index_(index) {}

    // Whole blocks from the run's beginning up to `stop`: most of a run. Moves `at` behind them.
    // False: there is trouble.
    //
    // A step makes the masks of one block, finds the tokens of the one ahead and writes those of
    // the one ahead of that: each waits for the other, longer than a processor can look ahead
    // (measured: 7 % of the scan).
    bool index_blocks(const char*& at, const char* stop) {
        if (stop - at < kBlock_bytes) return true;
        make_room(index_, count_, stop - at);
        TokenWriter writer(begin_, patterns_, index_, count_);
        const Block first(at, patterns_);
        utf8_.look_at_first(first);
        BlockMasks ahead(first);
        const char* const last = stop - kBlock_bytes;
        std::uint64_t trouble = 0;
        for (; at <= last && trouble == 0; at += kBlock_bytes) {
            __builtin_prefetch(at + kAhead_bytes);
            const BlockMasks masks = ahead;
            const Block next(at + kBlock_bytes, patterns_);
            ahead = BlockMasks(next);
            utf8_.look_at(next);
            writer.write();
            const BlockTokens found = tokens_of(Block(at, patterns_), masks);
            writer.find(at, found.tokens);
            if (found.trouble != 0) [[unlikely]] {
                writer.find(at, found.tokens & ahead_of(found.trouble));
                trouble = found.trouble;
            }
        }
        writer.write();
        count_ = static_cast<std::size_t>(writer.end() - index_.bytes.data());
        return trouble == 0;
    }

    // The next block, of which `inside` counts. False: there is trouble, or a line ends.
    bool index_block(const char* at, std::uint64_t inside) {
        make_room(index_, count_, kBlock_bytes);
        const Block block(at, patterns_);
        at == begin_ ? utf8_.look_at_first(block) : utf8_.look_at(block);
        const BlockTokens found = tokens_of(block, BlockMasks(block));
        const std::uint64_t trouble = found.trouble & inside;
        const std::uint64_t tokens = found.tokens & inside & ahead_of(trouble);
        write_tokens(block, tokens, static_cast<std::uint32_t>(at - begin_),
                     index_.offsets.data() + count_, index_.bytes.data() + count_);
        count_ += static_cast<std::size_t>(std::popcount(tokens));
        return trouble == 0 && (block.line_feeds() & tokens) == 0;
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

    BlockTokens tokens_of(const Block& block, const BlockMasks& masks) {
        backslash_ |= masks.backslashes;
        return tokenizer_.tokens_of(block, masks);
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
