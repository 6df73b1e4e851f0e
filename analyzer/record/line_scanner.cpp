#include "record/line_scanner.hpp"

#include <simdjson.h>

#include <array>
#include <cstring>
#include <span>
#include <string>

#include "record/json_string.hpp"

namespace stream_analyzer {

namespace {

// A power of two. Fewer brackets open at once fit the bits of a word.
constexpr std::uint64_t kFastDepth = 64;

bool is_blank_byte(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

const char* skip_blanks(const char* at, const char* end) {
    while (at != end && is_blank_byte(*at)) {
        ++at;
    }
    return at;
}

// What the first byte of a token tells.
constexpr std::uint8_t kOpens = 1;       // { [
constexpr std::uint8_t kCloses = 2;      // } ]
constexpr std::uint8_t kPlainValue = 4;  // " and -0123456789tfn, with which a scalar may begin
constexpr std::uint8_t kLineFeed = 8;

constexpr std::array<std::uint8_t, 256> kByteKinds = [] {
    std::array<std::uint8_t, 256> kinds{};
    for (const char c : std::string_view("\"-0123456789tfn"))
        kinds[static_cast<unsigned char>(c)] = kPlainValue;
    kinds['{'] = kinds['['] = kOpens;
    kinds['}'] = kinds[']'] = kCloses;
    kinds['\n'] = kLineFeed;
    return kinds;
}();

std::uint8_t kind_of(char c) {
    return kByteKinds[static_cast<unsigned char>(c)];
}

// Of a bracket or brace.
std::uint64_t is_curly(char bracket) {
    return (static_cast<unsigned char>(bracket) >> 5U) & 1U;
}

// True if a backslash stands among the first eight bytes of a string, ahead of its closing quote.
// A byte is found by its difference, zero: (x - 1) & ~x has its top bit where x is 0, and perhaps
// above such a byte, but nowhere below the first.
bool begins_with_escape(std::uint64_t head) {
    constexpr std::uint64_t kOnes = 0x0101010101010101U;
    const auto places_of = [head](char c) {
        const std::uint64_t differences = head ^ (kOnes * static_cast<unsigned char>(c));
        return (differences - kOnes) & ~differences & (kOnes << 7U);
    };
    const std::uint64_t quotes = places_of('"');
    return (places_of('\\') & (quotes ^ (quotes - 1))) != 0;
}

// One line's walk. Every loop and every step ends at a line feed at the latest, which is no token
// that any state expects, and each line has one.
class Walk {
  public:
    Walk(const char* run, const std::uint32_t* token, const FieldPlan& plan, bool may_have_escapes,
         LineTokens& tokens)
        : run_(run),
          token_(token),
          plan_(plan),
          keys_(plan.keys_of(0)),
          may_have_escapes_(may_have_escapes),
          tokens_(tokens.data()) {
        for (Token& found : tokens)
            found = Token{};
    }

    // Behind the last token that was looked at.
    [[nodiscard]] const std::uint32_t* token() const { return token_; }

    // The grammar of the root object and of the tracked ones in it. False: odd.
    bool root() {
        if (*take() != '{') return false;
        const char* at = take();
        if (*at == '}') return *take() == '\n';
        for (;;) {
            // `at` is where a key must be.
            if (*at != '"') return false;
            const char* const colon = take();
            if (*colon != ':') return false;
            const std::size_t child = child_with_key(at + 1, colon);
            const char* const value = take();
            const std::uint8_t kind = kind_of(*value);
            if ((kind & kPlainValue) != 0) {
                if (child != FieldPlan::kNoNode) note(child, value, value_end());
            } else if ((kind & kOpens) == 0) {
                return false;
            } else if (child == FieldPlan::kNoNode) {
                if (!skip_container(*value)) return false;
            } else {
                note(child, value, value + 1);
                if (!plan_.keys_of(child).empty() && *value == '{') {
                    enter(child);
                    at = take();
                    if (*at != '}') continue;
                    --token_;
                } else if (!skip_container(*value)) {
                    return false;
                }
            }
            // Behind a value objects may end, until a comma comes.
            at = take();
            while (*at == '}') {
                if (depth_ == 0) return *take() == '\n';
                leave();
                at = take();
            }
            if (*at != ',') return false;
            at = take();
        }
    }

  private:
    const char* take() { return run_ + *token_++; }

    void enter(std::size_t child) {
        parents_[depth_++] = node_;
        node_ = child;
        keys_ = plan_.keys_of(child);
    }

    void leave() {
        node_ = parents_[--depth_];
        keys_ = plan_.keys_of(node_);
    }

    [[nodiscard]] std::size_t child_with_key(const char* key, const char* colon) const {
        std::uint64_t head = 0;
        std::memcpy(&head, key, sizeof head);
        bool may_be_escaped = false;
        for (const FieldPlan::Key& wanted : keys_) {
            if (((head ^ wanted.head) & wanted.head_mask) != 0) continue;
            if (wanted.is_short() || wanted.is_at(key, colon)) return wanted.node;
            may_be_escaped = true;
        }
        if (!may_have_escapes_ || !(may_be_escaped || begins_with_escape(head))) {
            return FieldPlan::kNoNode;
        }
        return child_with_escaped_key(key, colon);
    }

    // A key with a bad escape names no member: `full` rejects it, `structure` does not look.
    [[nodiscard]] std::size_t child_with_escaped_key(const char* key, const char* colon) const {
        while (*--colon != '"') {
        }
        std::string unescaped;
        if (unescape({key, static_cast<std::size_t>(colon - key)}, unescaped) != Unescaped::text) {
            return FieldPlan::kNoNode;
        }
        return plan_.child_named(node_, unescaped);
    }

    // Behind the value whose token was taken last: in front of the next token and of blanks.
    [[nodiscard]] const char* value_end() const {
        const char* end = run_ + *token_;
        while (is_blank_byte(end[-1])) {
            --end;
        }
        return end;
    }

    void note(std::size_t child, const char* begin, const char* end) {
        const FieldPlan::Node& node = plan_.nodes()[child];
        for (std::size_t slot = node.first_slot; slot < node.last_slot; ++slot)
            tokens_[slot] = Token{};
        if (node.slot != FieldPlan::kNoSlot) {
            tokens_[node.slot] = Token(begin, static_cast<std::size_t>(end - begin));
        }
    }

    // Over a container whose opening bracket was taken last, by its brackets alone. No branch but
    // the loop's depends on the text. Of the open brackets `kinds` has a bit each, the innermost
    // lowest; 1 is {
    bool skip_container(char bracket) {
        std::uint64_t kinds = is_curly(bracket);
        std::uint64_t mismatch = 0;
        const std::uint64_t outside = depth_ + 1;
        std::uint64_t depth = outside + 1;
        std::uint64_t deepest = depth;
        do {
            const char c = *take();
            const std::uint64_t kind = kind_of(c);
            if (kind == kLineFeed) return false;
            const std::uint64_t opens = kind & 1U;
            const std::uint64_t closes = (kind >> 1U) & 1U;
            const std::uint64_t curly = is_curly(c);
            mismatch |= (kinds ^ curly) & closes;
            kinds = (kinds << opens | (curly & opens)) >> closes;
            depth += opens - closes;
            deepest |= depth;
        } while (depth != outside);
        return mismatch == 0 && deepest < kFastDepth;
    }

    const char* const run_;
    const std::uint32_t* token_;
    const FieldPlan& plan_;
    std::span<const FieldPlan::Key> keys_;  // of the innermost tracked object
    const bool may_have_escapes_;
    Token* const tokens_;
    std::size_t node_ = 0;     // the innermost tracked object
    std::uint64_t depth_ = 0;  // tracked objects open in the root
    std::size_t parents_[FieldPath::kMaxKeys];
};

}  // namespace

void LineScanner::start(const char* begin, const char* end) {
    line_begin_ = begin;
    end_ = end;
    token_ = tokens_end_ = nullptr;
}

ScannedLine LineScanner::next(LineTokens& tokens) {
    if (token_ == tokens_end_ && !index_run()) return skip_line();
    ScannedLine scanned;
    if (run_[*token_] == '\n') {
        scanned = {LineShape::blank, run_ + *token_++};
    } else {
        Walk walk(run_, token_, *plan_, has_backslash_, tokens);
        const bool good = walk.root();
        token_ = walk.token();
        // The walk may have stopped anywhere, but not behind the line feed.
        while (run_[token_[-1]] != '\n') {
            ++token_;
        }
        const char* const line_end = run_ + token_[-1];
        const bool sound = good && (is_run_utf8_ || is_utf8(line_begin_, line_end));
        scanned = {sound ? LineShape::good : LineShape::odd, line_end};
    }
    line_begin_ = scanned.line_end + 1;
    return scanned;
}

bool LineScanner::index_run() {
    const IndexedLines indexed = kernel_.index_lines(line_begin_, end_, positions_);
    run_ = line_begin_;
    token_ = positions_.data();
    tokens_end_ = token_ + indexed.tokens;
    has_backslash_ = indexed.has_backslash;
    is_run_utf8_ = !indexed.has_non_ascii || is_utf8(run_, indexed.end);
    return indexed.tokens != 0;
}

ScannedLine LineScanner::skip_line() {
    const auto* line_feed = static_cast<const char*>(
        std::memchr(line_begin_, '\n', static_cast<std::size_t>(end_ - line_begin_)));
    const char* const line_end = line_feed != nullptr ? line_feed : end_;
    const bool blank = skip_blanks(line_begin_, line_end) == line_end;
    line_begin_ = line_feed != nullptr ? line_feed + 1 : end_;
    return {blank ? LineShape::blank : LineShape::odd, line_end};
}

bool LineScanner::is_utf8(const char* begin, const char* end) const {
    return simdjson::validate_utf8(begin, static_cast<std::size_t>(end - begin));
}

}  // namespace stream_analyzer
