// Finds out which lines of a run are good at level `structure`, and notes their wanted fields: 64
// tokens at a time, whatever lines they are of. Compiled once an instruction set, like
// index_lines.inc.hpp.
//
// The including file opens a namespace of its own and, where needed, a region with a processor
// target; it includes line_grammar.inc.hpp and defines functions there first:
//     token_masks(bytes)         TokenMasks of 64 tokens
//     list_members(notes, first, values, members)
//                                adds the members whose values are in a mask of the 64 tokens from
//                                `first` on; their keys stand two tokens ahead
//     match_keys(notes, keys, count, wanted)
//                                the KeyMasks of up to kMembersAtOnce keys, told by their offsets
//
// It is done in steps, many lines each: one that did all for 64 tokens would be longer than a
// processor can look ahead, and wait for each key that it reads (measured: an eighth of the scan of
// lines of 200 tokens). Where 64 tokens do not keep to the grammar, their lines are gone over again
// token by token.

namespace {

// Some tokens of a run, in order.
class TokenList {
  public:
    // Those of 64 from `first` on.
    void add(std::size_t first, std::uint64_t tokens) {
        std::uint32_t* next = end();
        size_ += static_cast<std::size_t>(std::popcount(tokens));
        do {
            // Most often there are no more. Writing some too many costs less than a branch that
            // nobody can foretell.
            for (int i = 0; i < 2; ++i) {
                *next++ = static_cast<std::uint32_t>(first) +
                          static_cast<std::uint32_t>(std::countr_zero(tokens));
                tokens &= tokens - 1;
            }
        } while (tokens != 0);
    }

    // Those of kMembersAtOnce whose bits are set; most often none or one.
    void add_some(const std::uint32_t* tokens, std::uint64_t some) {
        std::uint32_t* next = end();
        size_ += static_cast<std::size_t>(std::popcount(some));
        do {
            constexpr std::uint64_t kLast = std::uint64_t{1} << (kMembersAtOnce - 1);
            *next++ = tokens[std::countr_zero(some | kLast)];
            some &= some - 1;
        } while (some != 0);
    }

    void add(std::uint32_t token) { tokens_[size_++] = token; }

    // Behind the others, but not of them.
    void end_with(std::uint32_t token) { *end() = token; }

    void clear() { size_ = 0; }

    [[nodiscard]] bool is_full() const { return size_ > kMost; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] const std::uint32_t* begin() const { return tokens_.data(); }

  private:
    [[nodiscard]] std::uint32_t* end() { return tokens_.data() + size_; }

    static constexpr std::size_t kMost = kMostMembers;

    std::size_t size_ = 0;
    // Room for 64 more, and for two of rubbish.
    std::array<std::uint32_t, kMost + 66> tokens_;
};

// Lines and members that keep to the grammar, gathered until there are many, and then noted.
class GatheredLines {
  public:
    explicit GatheredLines(LineNotes& notes) : notes_(notes), keys_(notes.root_keys()) {}

    // Of 64 tokens from `first` on; members are told by their values.
    void add(std::size_t first, std::uint64_t values, std::uint64_t line_feeds) {
        line_feeds_.add(first, line_feeds);
        list_members(notes_, first, values, members_);
        if (line_feeds_.is_full() || members_.is_full()) note();
    }

    // Notes all that was added; what comes behind the last line feed is of the line that is being
    // noted then.
    void note() {
        match();
        const std::size_t lines = line_feeds_.size();
        const std::size_t slots = notes_.slots();
        notes_.make_room(lines + 1);
        TokenPlace* const places = notes_.next_places();
        // The first of the lines may have been begun.
        std::fill_n(places + slots, lines * slots, TokenPlace{});
        line_feeds_.end_with(~std::uint32_t{0});
        for (std::size_t k = 0; k < keys_.size(); ++k) {
            note_values(values_[k], places + keys_[k].leaf_slot);
            values_[k].clear();
        }
        end_lines();
        line_feeds_.clear();
    }

  private:
    // Puts the values of wanted members where note_values() finds them.
    void match() {
        for (std::size_t i = 0; i < members_.size; i += kMembersAtOnce) {
            const std::uint32_t* const values = members_.values.data() + i;
            KeyMasks wanted;
            match_keys(notes_, members_.keys.data() + i,
                       std::min(members_.size - i, kMembersAtOnce), wanted);
            if (wanted.unsure != 0) {
                match_closely(values, wanted);
                continue;
            }
            for (std::size_t k = 0; k < keys_.size(); ++k)
                values_[k].add_some(values, wanted.hits[k]);
        }
        members_.size = 0;
    }

    // Of members some of which are to be looked at again.
    void match_closely(const std::uint32_t* values, const KeyMasks& wanted) {
        std::uint64_t left = wanted.unsure;
        for (std::size_t k = 0; k < keys_.size(); ++k)
            left |= wanted.hits[k];
        for (; left != 0; left &= left - 1) {
            const std::uint64_t bit = left & (0 - left);
            const std::uint32_t value = values[std::countr_zero(left)];
            if ((wanted.unsure & bit) == 0) {
                values_[wanted.key_of(bit)].add(value);
            } else if (const FieldPlan::Key* const key = notes_.wanted_key(keys_, value - 2)) {
                values_[static_cast<std::size_t>(key - keys_.data())].add(value);
            }
        }
    }

    // The values of a field; `places` are its slots. Of several in a line the last one counts.
    void note_values(const TokenList& values, TokenPlace* places) const {
        const std::uint32_t* const line_feeds = line_feeds_.begin();
        const std::uint32_t* const value = values.begin();
        const std::size_t slots = notes_.slots();
        if (is_one_a_line(values)) {
            for (std::size_t i = 0; i < values.size(); ++i)
                places[i * slots] = notes_.token_place(value[i]);
            return;
        }
        std::size_t line = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            while (line_feeds[line] < value[i])
                ++line;
            places[line * slots] = notes_.token_place(value[i]);
        }
    }

    // As nearly always: each line has the field once, perhaps but for the last ones. Compilers make
    // vectors of these loops.
    [[nodiscard]] bool is_one_a_line(const TokenList& values) const {
        const std::size_t count = values.size();
        if (count > line_feeds_.size() + 1) return false;
        const std::uint32_t* const line_feeds = line_feeds_.begin();
        const std::uint32_t* const value = values.begin();
        bool is_one = true;
        for (std::size_t i = 0; i < count; ++i)
            is_one &= value[i] < line_feeds[i];
        for (std::size_t i = 1; i < count; ++i)
            is_one &= value[i] > line_feeds[i - 1];
        return is_one;
    }

    void end_lines() {
        const std::size_t lines = line_feeds_.size();
        if (lines == 0) return;
        const std::uint32_t* const line_feeds = line_feeds_.begin();
        LineBatch::Line* const line = notes_.next_lines();
        for (std::size_t i = 0; i < lines; ++i)
            line[i] = notes_.good_line(line_feeds[i]);
        notes_.end_good_lines(lines, line_feeds[lines - 1] + 1);
    }

    LineNotes& notes_;
    std::span<const FieldPlan::Key> keys_;
    TokenList line_feeds_;
    MemberList members_;
    std::array<TokenList, FieldPlan::kMostFlat> values_;  // by key
};

void walk_lines(LineNotes& notes, std::size_t tokens) {
    constexpr std::size_t kAtOnce = 64;
    LineGrammar grammar;
    GatheredLines gathered(notes);
    notes.begin_line(0);
    for (std::size_t at = 0; at < tokens;) {
        const char* const bytes = notes.bytes() + at;
        const std::size_t left = tokens - at;
        const std::uint64_t limit =
            left < kAtOnce ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
        if (grammar.follow(token_masks(bytes), limit, bytes)) {
            gathered.add(at, grammar.values(), grammar.line_feeds());
            at += kAtOnce;
            continue;
        }
        gathered.note();
        const std::size_t behind = at + std::min(left, kAtOnce);
        at = notes.line();
        while (at < behind)
            at = walk_line<CheckLevel::structure>(notes, at);
        notes.begin_line(at);
        grammar = LineGrammar{};
    }
    gathered.note();
}

}  // namespace
