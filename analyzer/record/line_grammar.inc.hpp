// What may follow what among the tokens of JSON lines, for 64 tokens at a time, whatever lines they
// are of. Compiled once an instruction set, like index_lines.inc.hpp.
//
// The including file opens a namespace of its own and, where needed, a region with a processor
// target; it defines functions there first:
//     prefix_xor(mask)           as index_lines.inc.hpp has it
//     adjacent_pairs(brackets, opens, braces)
//                                AdjacentPairs of the brackets (masks of tokens); it may find fewer
//                                than there are, or none
//
// All is said in masks, which shift from one token to the next: a line begins with an opening
// brace; behind it and behind commas stand keys, behind keys colons, behind colons values, behind
// values commas or the closing brace, behind that a line feed. A container counts as one value: its
// tokens are left out, and what follows a value is looked for behind its closing bracket.

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
    // Of the tokens from `bytes` on, those in `limit`; root objects begin at `starts`. False: they
    // do not match, or are too deep.
    bool match(const TokenMasks& tokens, const char* bytes, std::uint64_t limit,
               std::uint64_t starts, RootTokens& found) {
        const std::uint64_t brackets = (tokens.opens | tokens.closes) & limit;
        const AdjacentPairs pairs = pairs_among(tokens, brackets & ~starts);
        std::uint64_t root = 0;        // brackets of root objects
        std::uint64_t containers = 0;  // and of the containers in them
        std::uint64_t wrong = 0;
        std::uint64_t depth = depth_;
        for (std::uint64_t left = brackets ^ pairs.brackets; left != 0; left &= left - 1) {
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
        const std::uint64_t inside = (prefix_xor(containers) ^ mask_if(depth_ > 1)) | pairs.inside;
        found.own = limit & ~(inside << 1U | (depth_ > 1 ? 1U : 0U));
        found.starts = root & tokens.opens;
        found.ends = root & tokens.closes;
        found.closes = (containers | pairs.brackets) & tokens.closes & ~inside;
        depth_ = depth;
        return wrong == 0;
    }

    // No brackets but those of root objects came; the next token is in one or not.
    void match_none(bool in_root) { depth_ = kinds_ = in_root ? 1 : 0; }

    [[nodiscard]] bool none_is_open() const { return depth_ <= 1; }

  private:
    // Most containers hold none or few others: these are taken away at once, unless they might be
    // too deep, which only the walk over brackets sees.
    [[nodiscard]] AdjacentPairs pairs_among(const TokenMasks& tokens,
                                            std::uint64_t brackets) const {
        const auto opens = static_cast<std::uint64_t>(std::popcount(brackets & tokens.opens));
        if (depth_ + opens >= kDeepest) return {};
        const std::uint64_t ends = tokens.line_feeds >> 1U;  // of root objects
        return adjacent_pairs(brackets & ~ends, tokens.opens, tokens.braces);
    }

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
        } else if (!containers_.match(tokens, bytes, limit, starts, root)) {
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

}  // namespace
