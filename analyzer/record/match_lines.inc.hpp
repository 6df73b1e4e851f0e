// Walks over lines whose skeletons are known from others, at level `structure`: two comparisons of
// tokens and one or two of keys instead of a step for each token. Compiled once an instruction set,
// like index_lines.inc.hpp.
//
// The including file opens a namespace of its own and, where needed, a region with a processor
// target; it defines there first a class `SkeletonTokens`, of the line at
//     SkeletonTokens(const char* bytes)  the first Skeleton::kMostTokens of its tokens
//     line_feed()                        which is its end; Skeleton::kMostTokens if none is
//     hash()                             of the tokens up to it
//     are_those_of(skeleton)             likewise
//     copy_to(tokens)                    to Skeleton::tokens
// and a function
//     have_keys(notes, line, keys)       whether the line has these keys

namespace {

inline bool has_keys_of(const LineNotes& notes, std::size_t line, const Skeleton& skeleton) {
    // Most lines have up to sixteen keys that are looked at.
    bool has = have_keys(notes, line, skeleton.keys[0]) && have_keys(notes, line, skeleton.keys[1]);
    for (std::size_t group = 2; group < skeleton.groups_of_keys; ++group)
        has = has && have_keys(notes, line, skeleton.keys[group]);
    for (std::size_t i = 0; has && i < skeleton.long_keys_used; ++i) {
        const Skeleton::LongKey& key = skeleton.long_keys[i];
        has = key.key->is_at(notes.place(line + key.token) + 1, notes.place(line + key.token + 1));
    }
    return has;
}

// Some lines in a row, their tokens loaded and their skeletons asked for.
class NextLines {
  public:
    // Lines from the token `line` on, of which there is one; fewer than there are when one of them
    // has no end in sight.
    void look_at(const LineNotes& notes, std::size_t line, std::size_t tokens,
                 const LineSkeletons& skeletons) {
        count_ = 0;
        do {
            SkeletonTokens& its_tokens = tokens_[count_];
            its_tokens = SkeletonTokens(notes.bytes() + line);
            hashes_[count_] = its_tokens.hash();
            skeletons.prefetch(hashes_[count_]);
            ++count_;
            line += its_tokens.line_feed() + 1;
        } while (count_ < kMostLines && line < tokens &&
                 tokens_[count_ - 1].line_feed() < Skeleton::kMostTokens);
    }

    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] const SkeletonTokens& tokens(std::size_t i) const { return tokens_[i]; }
    [[nodiscard]] std::uint64_t hash(std::size_t i) const { return hashes_[i]; }

  private:
    // Enough to hide a trip to the second-level cache or beyond.
    static constexpr std::size_t kMostLines = 8;

    std::size_t count_ = 0;
    std::array<SkeletonTokens, kMostLines> tokens_;
    std::array<std::uint64_t, kMostLines> hashes_;
};

// Walks over a line that is not known. Returns the next one's first token.
inline std::size_t walk_new_line(LineNotes& notes, std::size_t line, const SkeletonTokens& tokens,
                                 std::uint64_t hash, LineSkeletons& skeletons) {
    if (tokens.line_feed() == Skeleton::kMostTokens || !skeletons.has_met(hash))
        return walk_line<CheckLevel::structure>(notes, line);
    Skeleton learned;
    tokens.copy_to(learned.tokens.data());
    bool is_learned = false;
    const std::size_t next = walk_and_learn(notes, line, learned, is_learned);
    if (is_learned) skeletons.add(hash, learned);
    return next;
}

std::size_t match_lines(LineNotes& notes, std::size_t tokens, LineSkeletons& skeletons) {
    NextLines lines;
    std::size_t matched = 0;
    for (std::size_t line = 0; line < tokens;) {
        lines.look_at(notes, line, tokens, skeletons);
        for (std::size_t i = 0; i < lines.count(); ++i) {
            const SkeletonTokens& its_tokens = lines.tokens(i);
            const Skeleton* const skeleton =
                skeletons.find(lines.hash(i), [&](const Skeleton& known) {
                    return its_tokens.are_those_of(known) && has_keys_of(notes, line, known);
                });
            if (skeleton == nullptr) {
                line = walk_new_line(notes, line, its_tokens, lines.hash(i), skeletons);
                continue;
            }
            notes.note_line(line, its_tokens.line_feed(), skeleton->values);
            line += its_tokens.line_feed() + 1;
            ++matched;
        }
    }
    return matched;
}

}  // namespace
