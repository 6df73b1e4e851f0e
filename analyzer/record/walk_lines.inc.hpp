// Finds out which lines of a run are good at level `structure`, and notes their wanted fields: 64
// tokens at a time, whatever lines they are of. Compiled once an instruction set, like
// index_lines.inc.hpp.
//
// The including file opens a namespace of its own and, where needed, a region with a processor
// target; it defines functions there first:
//     token_masks(bytes)         TokenMasks of 64 tokens
//     match_keys(notes, first, values, wanted)
//                                the KeyMasks of those values (a mask) among 64 tokens from `first`
//                                on; their keys stand two tokens ahead
//     prefix_xor(mask)           as index_lines.inc.hpp has it
//
// What may follow what is said in masks, which shift from one token to the next: a line begins with
// an opening brace; behind it and behind commas stand keys, behind keys colons, behind colons
// values, behind values commas or the closing brace, behind that a line feed. A container counts as
// one value: its tokens are left out, and what follows a value is looked for behind its closing
// bracket. Where 64 tokens do not keep to this (or an object or line is empty), their lines are
// gone over again token by token.

namespace {

// Which of 64 tokens are those of root objects, and not of containers in them.
struct RootTokens {
    std::uint64_t own = 0;     // line feeds too
    std::uint64_t starts = 0;  // opening braces
    std::uint64_t ends = 0;    // closing braces
    std::uint64_t closes = 0;  // closing brackets of containers in root objects
};

// Matches the brackets of root objects and of their containers. Without a branch for the kind of
// bracket, which no processor can foretell.
class Containers {
  public:
    // Of the tokens from `bytes` on, those in `limit`. False: they do not match, or are too deep.
    bool match(const TokenMasks& tokens, const char* bytes, std::uint64_t limit,
               RootTokens& found) {
        std::uint64_t root = 0;        // brackets of root objects
        std::uint64_t containers = 0;  // and of the containers in them
        std::uint64_t wrong = 0;
        std::uint64_t depth = depth_;
        for (std::uint64_t left = (tokens.opens | tokens.closes) & limit; left != 0;
             left &= left - 1) {
            const std::uint64_t bit = left & (0 - left);
            const auto bracket = static_cast<std::uint8_t>(bytes[std::countr_zero(left)]);
            const std::uint64_t is_brace = bracket >> 5U & 1U;
            const std::uint64_t is_close = bracket >> 2U & 1U;
            wrong |= (kinds_ ^ is_brace) & is_close;
            kinds_ = is_close != 0 ? kinds_ >> 1U : kinds_ << 1U | is_brace;
            const std::uint64_t outside = depth - is_close;  // the depth around the bracket
            root |= bit & mask_if(outside == 0);
            containers |= bit & mask_if(outside == 1);
            wrong |= mask_if(outside >= kDeepest);  // also where one closes too many
            depth = outside + 1 - is_close;
        }
        // From each container's opening bracket to its closing one.
        const std::uint64_t inside = prefix_xor(containers) ^ mask_if(depth_ > 1);
        found.own = limit & ~(inside << 1U | (depth_ > 1 ? 1U : 0U));
        found.starts = root & tokens.opens;
        found.ends = root & tokens.closes;
        found.closes = containers & tokens.closes;
        depth_ = depth;
        return wrong == 0;
    }

    // No brackets but those of root objects came; the next token is in one or not.
    void match_none(bool in_root) { depth_ = kinds_ = in_root ? 1 : 0; }

    [[nodiscard]] bool none_is_open() const { return depth_ <= 1; }

  private:
    // All ones, or none; g++ would make branches of a choice.
    static std::uint64_t mask_if(bool condition) {
        std::uint64_t mask = 0 - static_cast<std::uint64_t>(condition);
        __asm__("" : "+r"(mask));
        return mask;
    }

    static constexpr std::uint64_t kDeepest = 64;

    std::uint64_t kinds_ = 0;  // of the open brackets, the innermost in bit 0; 1 is {
    std::uint64_t depth_ = 0;
};

// The members of root objects, 64 tokens at a time.
class LineGrammar {
  public:
    // False: something is not as it must be; then this is of no more use.
    bool follow(const TokenMasks& tokens, std::uint64_t limit, const char* bytes) {
        line_feeds_ = tokens.line_feeds & limit;
        const std::uint64_t starts = (line_feeds_ << 1U | start_next_) & limit;
        RootTokens root{.own = limit, .starts = starts, .ends = tokens.closes & limit};
        // Most often root objects have no containers.
        if (containers_.none_is_open() && (tokens.opens & limit) == starts) {
            containers_.match_none(((line_feeds_ | root.ends) & ~(limit >> 1U)) == 0);
        } else if (!containers_.match(tokens, bytes, limit, root)) {
            return false;
        }
        const std::uint64_t commas = tokens.commas & root.own;
        const std::uint64_t separators = root.starts | commas;
        const std::uint64_t keys = (separators << 1U | key_next_) & limit;
        const std::uint64_t colons = (keys << 1U | colon_next_) & limit;
        values_ = (colons << 1U | value_next_) & limit;
        const std::uint64_t plain = values_ & (tokens.quotes | tokens.scalars);
        const std::uint64_t complete = plain | root.closes;
        const std::uint64_t behind = (complete << 1U | behind_next_) & limit;
        const std::uint64_t line_feeds = (root.ends << 1U | line_feed_next_) & limit;
        start_next_ = line_feeds_ >> 63U;
        key_next_ = separators >> 63U;
        colon_next_ = keys >> 63U;
        value_next_ = colons >> 63U;
        behind_next_ = complete >> 63U;
        line_feed_next_ = root.ends >> 63U;
        // A value that is neither plain nor a container leaves what is behind it without a reason.
        const std::uint64_t wrong =
            ((root.starts | root.ends) & ~tokens.braces) | (keys & ~tokens.quotes) |
            (colons & ~tokens.colons) | (behind ^ (commas | root.ends)) |
            (line_feeds ^ line_feeds_) |
            (root.own ^ (root.starts | keys | colons | values_ | commas | root.ends | line_feeds));
        return wrong == 0;
    }

    // As of the last call: the values of members, and line feeds.
    [[nodiscard]] std::uint64_t values() const { return values_; }
    [[nodiscard]] std::uint64_t line_feeds() const { return line_feeds_; }

  private:
    Containers containers_;
    // 1: the next token must be it.
    std::uint64_t start_next_ = 1;
    std::uint64_t key_next_ = 0;
    std::uint64_t colon_next_ = 0;
    std::uint64_t value_next_ = 0;
    std::uint64_t behind_next_ = 0;
    std::uint64_t line_feed_next_ = 0;
    std::uint64_t values_ = 0;
    std::uint64_t line_feeds_ = 0;
};

// Notes 64 tokens of lines without a branch for each: where lines end and where their wanted values
// are cannot be foretold.
class GroupNotes {
  public:
    // Of the tokens from `first` on; lines end at `line_feeds`.
    GroupNotes(LineNotes& notes, std::size_t first, std::uint64_t line_feeds)
        : notes_(notes), first_(first), line_feeds_(line_feeds) {
        notes_.make_room(kMostLines);
        slots_ = notes_.slots();
        places_ = notes_.next_places();
        // The lines that begin here have nothing yet.
        const std::size_t begun = std::max(lines(), kAtOnce);
        std::fill_n(places_ + slots_, begun * slots_, TokenPlace{});
    }

    // Notes the values of a field. Of several in a line the last one counts.
    void note_values(std::size_t slot, std::uint64_t values) {
        TokenPlace none;
        do {
            for (std::size_t i = 0; i < kAtOnce; ++i) {
                const std::uint64_t ahead = (values & (0 - values)) - 1;
                const std::size_t line = count(line_feeds_ & ahead);
                TokenPlace* const place = values != 0 ? places_ + line * slots_ + slot : &none;
                *place = notes_.token_place(first_ + count(ahead));
                values &= values - 1;
            }
        } while (values != 0);
    }

    void end_lines() {
        LineBatch::Line* line = notes_.next_lines();
        std::uint64_t left = line_feeds_;
        do {
            for (std::size_t i = 0; i < kAtOnce; ++i) {
                *line++ = notes_.good_line(first_ + count((left & (0 - left)) - 1));
                left &= left - 1;
            }
        } while (left != 0);
        notes_.end_good_lines(lines(),
                              first_ + static_cast<std::size_t>(std::bit_width(line_feeds_)));
    }

  private:
    // Of values, and of lines, most groups have no more; writing some too many costs less than a
    // branch.
    static constexpr std::size_t kAtOnce = 2;
    static constexpr std::size_t kMostLines = 64 + 2 * kAtOnce;

    [[nodiscard]] static std::size_t count(std::uint64_t bits) {
        return static_cast<std::size_t>(std::popcount(bits));
    }
    [[nodiscard]] std::size_t lines() const { return count(line_feeds_); }

    LineNotes& notes_;
    std::size_t first_;
    std::uint64_t line_feeds_;
    std::size_t slots_;
    TokenPlace* places_;
};

// Notes what is wanted of 64 tokens from `first` on, some of which are to be looked at again.
inline void note_unsure(LineNotes& notes, std::size_t first, const KeyMasks& wanted,
                        std::uint64_t line_feeds) {
    for (std::uint64_t left = wanted.any | line_feeds; left != 0; left &= left - 1) {
        const std::uint64_t bit = left & (0 - left);
        const std::size_t token = first + static_cast<std::size_t>(std::countr_zero(left));
        if ((line_feeds & bit) != 0) {
            notes.end_line(LineShape::good, token);
            notes.begin_line(token + 1);
        } else if ((wanted.unsure & bit) == 0) {
            notes.note_value(notes.root_keys()[wanted.key_of(bit)], token);
        } else if (const FieldPlan::Key* const key =
                       notes.wanted_key(notes.root_keys(), token - 2)) {
            notes.note_value(*key, token);
        }
    }
}

// Notes what is wanted of 64 tokens from `first` on, which keep to the grammar.
inline void note_members(LineNotes& notes, std::size_t first, std::uint64_t values,
                         std::uint64_t line_feeds) {
    KeyMasks wanted;
    match_keys(notes, first, values, wanted);
    if (wanted.unsure != 0) return note_unsure(notes, first, wanted, line_feeds);
    GroupNotes group(notes, first, line_feeds);
    const std::span<const FieldPlan::Key> keys = notes.root_keys();
    for (std::size_t k = 0; k < keys.size(); ++k)
        group.note_values(keys[k].leaf_slot, wanted.hits[k]);
    group.end_lines();
}

void walk_lines(LineNotes& notes, std::size_t tokens) {
    constexpr std::size_t kAtOnce = 64;
    LineGrammar grammar;
    notes.begin_line(0);
    for (std::size_t at = 0; at < tokens;) {
        const char* const bytes = notes.bytes() + at;
        const std::size_t left = tokens - at;
        const std::uint64_t limit =
            left < kAtOnce ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
        if (grammar.follow(token_masks(bytes), limit, bytes)) {
            note_members(notes, at, grammar.values(), grammar.line_feeds());
            at += kAtOnce;
            continue;
        }
        const std::size_t behind = at + std::min(left, kAtOnce);
        at = notes.line();
        while (at < behind)
            at = walk_line<CheckLevel::structure>(notes, at);
        notes.begin_line(at);
        grammar = LineGrammar{};
    }
}

}  // namespace
