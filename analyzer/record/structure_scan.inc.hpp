// The scanner's logic, written once over 64-byte blocks and compiled once an instruction set.
//
// The including file opens a namespace of its own and, where needed, a region with a processor
// target; it defines a class `Block` there first:
//     Block(const char*)         loads 64 bytes
//     equal(c)                   mask: bit i is set when byte i is c
//     brackets()                 { } [ ]
//     control()                  below 0x20
//     non_ascii()                0x80 and above
//     static prefix_xor(mask)    bit i = parity of the bits 0..i
// No include guard and no includes, on purpose: see kernel_avx2.cpp.
//
// A block is turned into masks, and strings are masked out by the parity of unescaped quotes (the
// method of simdjson: Langdale and Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal
// 2019, section 3.1). Brackets are visited one by one. Other tokens are not: the grammar of the
// root and of tracked objects says only which tokens may follow which, and that is checked for all
// tokens of a block at once (class Successors). Keys are compared when their first byte is that of
// a wanted one. Each line starts afresh, so that a broken line cannot spoil the next.

constexpr std::uint64_t kAllBits = ~std::uint64_t{0};

inline unsigned first_bit(std::uint64_t mask) {
    return static_cast<unsigned>(__builtin_ctzll(mask));
}

inline std::uint64_t bits_behind(unsigned index) {
    return kAllBits << index << 1U;
}

inline bool is_blank_byte(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

// The tokens that follow tokens of one class. A carry that starts behind a token runs through the
// bytes that are no tokens and stops at the next one; at the block's end it waits for the next
// block.
class Successors {
  public:
    [[nodiscard]] std::uint64_t of(std::uint64_t tokens_of_class, std::uint64_t all_tokens) {
        const std::uint64_t starts = tokens_of_class << 1U | carry_;
        std::uint64_t sum = 0;
        const bool runs_out = __builtin_add_overflow(starts, ~all_tokens, &sum);
        carry_ = static_cast<std::uint64_t>(runs_out) | tokens_of_class >> 63U;
        return sum & all_tokens;
    }

  private:
    std::uint64_t carry_ = 0;
};

class LineScanner {
  public:
    LineScanner(const char* begin, const char* end, const FieldPlan& plan, LineTokens& tokens)
        : end_(end), plan_(plan), nodes_(plan.nodes().data()), tokens_(tokens.data()) {
        for (Token& token : tokens) {
            token = Token{};
        }
        for (block_ = begin; !scan_block(Block(block_)); block_ += kBlock_bytes) {
        }
    }

    [[nodiscard]] const ScannedLine& result() const { return result_; }

  private:
    static constexpr std::ptrdiff_t kBlock_bytes = 64;
    static constexpr unsigned kFastDepth = 64;

    // The masks of one block that the second half of the work needs.
    struct Masks {
        std::uint64_t quote;  // unescaped
        std::uint64_t backslash;
        std::uint64_t outside;      // of strings, and before the line feed
        std::uint64_t line_end;     // the line feed
        std::uint64_t brackets;     // outside
        std::uint64_t scalar_ends;  // brackets, colons, commas, blanks and the line feed
        std::uint64_t tokens;  // brackets, colons, commas, opening quotes, first bytes of scalars
    };

    // True when the line is finished: result_ holds what came of it.
    bool scan_block(const Block& block) {
        const std::uint64_t control = block.control();
        std::uint64_t newline = control != 0 ? block.equal('\n') : 0;
        // The chunk's end is the end of its last line. What is behind it is readable, no more.
        if (end_ - block_ < kBlock_bytes) newline |= std::uint64_t{1} << (end_ - block_);
        const std::uint64_t inside = newline != 0 ? (newline & (0 - newline)) - 1 : kAllBits;

        Masks masks{};
        const std::uint64_t backslash = block.equal('\\') & inside;
        masks.backslash = backslash;
        masks.quote = block.equal('"') & ~escaped_bytes(backslash) & inside;
        const std::uint64_t in_string = Block::prefix_xor(masks.quote) ^ in_string_;
        in_string_ = static_cast<std::uint64_t>(static_cast<std::int64_t>(in_string) >> 63U);
        masks.outside = ~in_string & inside;
        masks.line_end = newline & (0 - newline);
        masks.brackets = block.brackets() & masks.outside;

        if (first_non_ascii_ == nullptr && (block.non_ascii() & inside) != 0) {
            first_non_ascii_ = block_;
        }
        std::uint64_t blank_control = 0;  // control characters that are blanks
        if ((control & inside) != 0) {
            blank_control = (block.equal('\t') | block.equal('\r')) & masks.outside;
            if ((control & inside & ~blank_control) != 0) return finish_odd();
        }
        // Outside strings a backslash escapes nothing, contrary to what escaped_bytes assumes.
        if ((backslash & masks.outside) != 0) return finish_odd();
        if (!visit(block, masks, blank_control)) return finish_odd();

        if (newline == 0) return false;
        const bool in_string_at_end = (in_string & masks.line_end) != 0;
        finish(in_string_at_end, block_ + first_bit(newline));
        return true;
    }

    // Bits of the bytes that a backslash escapes. Mostly no backslash stands beside another; where
    // some do, they are taken in order, since an escaped one escapes nothing.
    std::uint64_t escaped_bytes(std::uint64_t backslash) {
        std::uint64_t escaped = backslash << 1U | next_is_escaped_;
        next_is_escaped_ = backslash >> 63U;
        if ((escaped & backslash) == 0) return escaped;
        std::uint64_t escaping = 0;
        std::uint64_t left = backslash & ~(escaped & 1U);
        while (left != 0) {
            const std::uint64_t bit = left & (0 - left);
            escaping |= bit;
            left &= ~(bit | bit << 1U);
        }
        next_is_escaped_ = escaping >> 63U;
        return escaping << 1U | (escaped & 1U);
    }

    void finish(bool in_string, const char* line_end) {
        if (depth_ == 0 && !closed_ && !in_string) {
            // No token at all. What is no blank would have been one.
            result_ = {LineShape::blank, line_end};
            return;
        }
        const bool good = closed_ && (first_non_ascii_ == nullptr || is_utf8(line_end));
        result_ = {good ? LineShape::good : LineShape::odd, line_end};
    }

    // The line is odd; its end is still to be found.
    bool finish_odd() {
        const auto* newline = static_cast<const char*>(
            std::memchr(block_, '\n', static_cast<std::size_t>(end_ - block_)));
        result_ = {LineShape::odd, newline != nullptr ? newline : end_};
        return true;
    }

    [[nodiscard]] bool is_utf8(const char* line_end) const {
        return simdjson::validate_utf8(first_non_ascii_,
                                       static_cast<std::size_t>(line_end - first_non_ascii_));
    }

    // Follows the brackets through the block, looks for wanted keys in tracked objects and checks
    // their grammar. False: odd.
    bool visit(const Block& block, Masks& masks, std::uint64_t blank_control) {
        if (depth_ > tracked_depth_ && masks.brackets == 0)
            return true;  // deep inside what is skipped

        const std::uint64_t colon = block.equal(':') & masks.outside;
        const std::uint64_t comma = block.equal(',') & masks.outside;
        const std::uint64_t operators = masks.brackets | colon | comma;
        const std::uint64_t blanks = block.equal(' ') | blank_control;
        masks.scalar_ends = operators | blanks | masks.line_end;
        const std::uint64_t scalar = masks.outside & ~(operators | blanks | masks.quote);
        const std::uint64_t scalar_starts = scalar & ~(scalar << 1U | scalar_carry_);
        scalar_carry_ = scalar >> 63U;
        const std::uint64_t opening_quotes = masks.quote & ~masks.outside;
        masks.tokens = operators | opening_quotes | scalar_starts;

        // Keys that may be wanted. A quote right behind a colon opens a value.
        const std::uint64_t candidates =
            opening_quotes & ~(colon << 1U) & wanted_first_bytes(block, masks);
        Brackets brackets;
        if (!follow_brackets(masks, candidates, brackets)) return false;
        const std::uint64_t tokens = masks.tokens & brackets.tracked;
        return follows_grammar(tokens, colon & tokens, comma & tokens, opening_quotes & tokens,
                               scalar_starts & tokens, brackets);
    }

    // Bits in front of the bytes with which a wanted key may begin.
    [[nodiscard]] std::uint64_t wanted_first_bytes(const Block& block, const Masks& masks) const {
        std::uint64_t first_bytes = masks.backslash;
        for (const char c : plan_.first_bytes()) {
            first_bytes |= block.equal(c);
        }
        return first_bytes >> 1U | std::uint64_t{1} << 63U;
    }

    // What the brackets of one block say of its bytes.
    struct Brackets {
        std::uint64_t tracked = 0;        // bytes of tracked objects, the brackets around skipped
                                          // containers and around the objects included
        std::uint64_t object_opens = 0;   // of tracked objects
        std::uint64_t object_closes = 0;  // of tracked objects
        std::uint64_t skipped_opens = 0;
        std::uint64_t skipped_closes = 0;
    };

    bool follow_brackets(const Masks& masks, std::uint64_t candidates, Brackets& brackets) {
        std::uint64_t ahead = kAllBits;  // behind the last bracket
        for (std::uint64_t left = masks.brackets; left != 0; left &= left - 1) {
            const unsigned index = first_bit(left);
            const std::uint64_t bit = left & (0 - left);
            const char c = block_[index];
            if (depth_ == tracked_depth_) {
                const std::uint64_t stretch = ahead & (bit | (bit - 1));
                brackets.tracked |= stretch;
                // Around the root object stands nothing.
                if (depth_ == 0 && (masks.tokens & stretch) != bit) return false;
                match_keys(masks, candidates & stretch);
                if (!visit_tracked_bracket(c, block_ + index, bit, brackets)) return false;
            } else {
                if (!visit_skipped_bracket(c)) return false;
                if (depth_ == tracked_depth_) {
                    brackets.tracked |= bit;
                    brackets.skipped_closes |= bit;
                }
            }
            ahead = bits_behind(index);
        }
        if (depth_ == tracked_depth_) {
            if (depth_ == 0) return (masks.tokens & ahead) == 0;
            brackets.tracked |= ahead;
            match_keys(masks, candidates & ahead);
        }
        return true;
    }

    bool visit_tracked_bracket(char c, const char* bracket, std::uint64_t bit, Brackets& brackets) {
        if (c == '}') {
            if (depth_ == 0) return false;
            brackets.object_closes |= bit;
            kinds_ >>= 1U;
            --depth_;
            --tracked_depth_;
            tracked_node_ = parents_[tracked_depth_];
            closed_ = depth_ == 0;
            return true;
        }
        if (c == ']' || depth_ == kFastDepth || closed_) return false;
        kinds_ = kinds_ << 1U | (c == '{' ? 1U : 0U);
        ++depth_;
        if (depth_ == 1) {
            if (c != '{') return false;
            open_tracked(0, bit, brackets);
        } else if (bracket == tracked_value_) {
            open_tracked(tracked_member_, bit, brackets);
        } else {
            brackets.skipped_opens |= bit;
        }
        return true;
    }

    void open_tracked(std::size_t node, std::uint64_t bit, Brackets& brackets) {
        parents_[tracked_depth_] = tracked_node_;
        tracked_node_ = node;
        ++tracked_depth_;
        brackets.object_opens |= bit;
    }

    bool visit_skipped_bracket(char c) {
        const std::uint64_t is_curly = (static_cast<unsigned char>(c) >> 5U) & 1U;  // 0x7b, 0x7d
        const bool opens = (c & 4) == 0;                                            // 0x7b, 0x5b
        if (opens) {
            if (depth_ == kFastDepth) return false;
            kinds_ = kinds_ << 1U | is_curly;
            ++depth_;
            return true;
        }
        const bool same_kind = (kinds_ & 1U) == is_curly;
        kinds_ >>= 1U;
        --depth_;
        return same_kind;
    }

    // Every token has an allowed successor, so by induction from the opening brace the whole
    // sequence is the grammar's: { } or { key : value , key : value }.
    bool follows_grammar(std::uint64_t tokens, std::uint64_t colon, std::uint64_t comma,
                         std::uint64_t opening_quotes, std::uint64_t scalar_starts,
                         const Brackets& brackets) {
        const std::uint64_t members =
            after_open_or_comma_.of(brackets.object_opens | comma, tokens);
        const std::uint64_t after_key = after_key_.of(members & opening_quotes, tokens);
        const std::uint64_t values = after_colon_.of(colon, tokens);
        const std::uint64_t value_ends = (values & (opening_quotes | scalar_starts)) |
                                         brackets.object_closes | brackets.skipped_closes;
        const std::uint64_t after_value = after_value_.of(value_ends, tokens);
        const std::uint64_t wrong =
            (members & ~(opening_quotes | brackets.object_closes)) | (after_key & ~colon) |
            (values &
             ~(opening_quotes | scalar_starts | brackets.object_opens | brackets.skipped_opens)) |
            (after_value & ~(comma | brackets.object_closes));
        if (wrong != 0) return false;
        const std::uint64_t closes_without_value = members & brackets.object_closes;
        if (closes_without_value != 0 && !are_empty_objects(closes_without_value)) return false;
        return scalars_are_plausible(values & scalar_starts);
    }

    // What stands in front of each closing brace is blanks and an opening brace (or a comma).
    [[nodiscard]] bool are_empty_objects(std::uint64_t closes) const {
        for (; closes != 0; closes &= closes - 1) {
            const char* before = block_ + first_bit(closes) - 1;
            while (is_blank_byte(*before)) {
                --before;
            }
            if (*before != '{') return false;
        }
        return true;
    }

    // A scalar begins with one of -0123456789tfn.
    [[nodiscard]] bool scalars_are_plausible(std::uint64_t starts) const {
        for (; starts != 0; starts &= starts - 1) {
            const char c = block_[first_bit(starts)];
            const bool plausible =
                (c >= '0' && c <= '9') || c == '-' || c == 't' || c == 'f' || c == 'n';
            if (!plausible) return false;
        }
        return true;
    }

    void match_keys(const Masks& masks, std::uint64_t candidates) {
        for (; candidates != 0; candidates &= candidates - 1) {
            match_key(masks, first_bit(candidates));
        }
    }

    // If the string is the key of a wanted member, notes its value. If it is no key at all, no
    // colon follows it, or the grammar is broken and the line is odd whatever is noted here.
    void match_key(const Masks& masks, unsigned index) {
        const char* const key_begin = block_ + index + 1;
        const std::uint64_t behind = bits_behind(index);
        const std::uint64_t quotes = masks.quote & behind;
        const char* key_end = nullptr;
        bool escaped = false;
        if (quotes != 0) {
            key_end = block_ + first_bit(quotes);
            escaped = (masks.backslash & behind & (quotes ^ (quotes - 1))) != 0;
        } else {
            key_end = string_end(key_begin);
            escaped = std::memchr(key_begin, '\\', static_cast<std::size_t>(key_end - key_begin)) !=
                      nullptr;
        }
        const std::string_view key(key_begin, static_cast<std::size_t>(key_end - key_begin));
        const std::size_t child = escaped ? child_with_escaped_key(key) : child_with_key(key);
        if (child != FieldPlan::kNoNode) note_member(masks, child, key_end + 1);
    }

    [[nodiscard]] std::size_t child_with_key(std::string_view key) const {
        for (const std::size_t child : nodes_[tracked_node_].children) {
            const FieldPlan::Node& node = nodes_[child];
            if (node.key.size() != key.size()) continue;
            std::uint64_t head = 0;
            std::memcpy(&head, key.data(), sizeof head);
            if (((head ^ node.key_head) & node.key_head_mask) != 0) continue;
            if (key.size() <= sizeof head || node.key == key) return child;
        }
        return FieldPlan::kNoNode;
    }

    // A key with a bad escape names no member: `full` rejects it, `structure` does not look.
    [[nodiscard]] std::size_t child_with_escaped_key(std::string_view key) const {
        std::string unescaped;
        if (unescape(key, unescaped) != Unescaped::text) return FieldPlan::kNoNode;
        return plan_.child_named(tracked_node_, unescaped);
    }

    // The closing quote of the string whose content begins at `content`, or where the line ends.
    [[nodiscard]] const char* string_end(const char* content) const {
        const char* at = content;
        while (at < end_ && *at != '"' && *at != '\n') {
            at += *at == '\\' && end_ - at > 1 && at[1] != '\n' ? 2 : 1;
        }
        return at;
    }

    [[nodiscard]] const char* skip_blanks(const char* at) const {
        while (at < end_ && is_blank_byte(*at)) {
            ++at;
        }
        return at;
    }

    // `behind` is behind the key's closing quote (or past the end of a broken line).
    void note_member(const Masks& masks, std::size_t child, const char* behind) {
        if (behind >= end_) return;
        const char* const colon = skip_blanks(behind);
        if (colon == end_ || *colon != ':') return;
        const char* const value = skip_blanks(colon + 1);
        if (value == end_) return;
        const FieldPlan::Node& node = nodes_[child];
        for (std::size_t slot = node.first_slot; slot < node.last_slot; ++slot) {
            tokens_[slot] = Token{};
        }
        if (*value == '{' && !node.children.empty()) {
            tracked_value_ = value;
            tracked_member_ = child;
        }
        if (node.slot == FieldPlan::kNoSlot) return;
        tokens_[node.slot] =
            Token(value, static_cast<std::size_t>(value_end(masks, value) - value));
    }

    [[nodiscard]] const char* value_end(const Masks& masks, const char* value) const {
        if (*value == '{' || *value == '[') return value + 1;
        const std::ptrdiff_t index = value - block_;
        if (*value == '"') {
            if (index < kBlock_bytes) {
                const std::uint64_t quotes =
                    masks.quote & bits_behind(static_cast<unsigned>(index));
                if (quotes != 0) return block_ + first_bit(quotes) + 1;
            }
            const char* const quote = string_end(value + 1);
            return quote < end_ ? quote + 1 : quote;
        }
        if (index < kBlock_bytes) {
            const std::uint64_t ends =
                masks.scalar_ends & bits_behind(static_cast<unsigned>(index));
            if (ends != 0) return block_ + first_bit(ends);
        }
        const char* at = value;
        while (at < end_ && *at != ',' && *at != '}' && *at != '\n' && !is_blank_byte(*at)) {
            ++at;
        }
        return at;
    }

    const char* block_ = nullptr;
    const char* const end_;
    const FieldPlan& plan_;
    const FieldPlan::Node* const nodes_;
    Token* const tokens_;
    ScannedLine result_;

    std::uint64_t next_is_escaped_ = 0;      // 1: the next block's first byte follows a backslash
    std::uint64_t in_string_ = 0;            // all ones: the next block begins inside a string
    std::uint64_t scalar_carry_ = 0;         // 1: the last block ended inside a scalar
    const char* first_non_ascii_ = nullptr;  // begin of the first block with a byte >= 0x80

    std::uint64_t kinds_ = 0;     // of the open brackets, the innermost in bit 0; 1 is {
    unsigned depth_ = 0;          // open brackets
    unsigned tracked_depth_ = 0;  // depth_ inside the innermost tracked object
    bool closed_ = false;         // the root object is
    std::size_t tracked_node_ = 0;
    std::size_t tracked_member_ = 0;
    const char* tracked_value_ = nullptr;           // the opening brace of the tracked member
    std::size_t parents_[FieldPath::kMaxKeys + 1];  // of the open tracked objects; set when opened

    Successors after_open_or_comma_;
    Successors after_key_;
    Successors after_colon_;
    Successors after_value_;
};

inline ScannedLine scan_line(const char* begin, const char* end, const FieldPlan& plan,
                             LineTokens& tokens) {
    return LineScanner(begin, end, plan, tokens).result();
}
