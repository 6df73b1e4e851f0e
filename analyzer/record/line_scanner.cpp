#include "record/line_scanner.hpp"

#include <simdjson.h>

#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <string>

#include "record/id_token.hpp"
#include "record/json_string.hpp"

namespace stream_analyzer {

namespace {

// So many brackets open at once fit the bits of a word.
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

// Finds bytes in a word: the top bit of each that equals `c`, and perhaps of some above the first
// that does. (x - 1) & ~x has its top bit where x is 0.
constexpr std::uint64_t kOnes = 0x0101010101010101U;

std::uint64_t places_of(char c, std::uint64_t word) {
    const std::uint64_t differences = word ^ (kOnes * static_cast<unsigned char>(c));
    return (differences - kOnes) & ~differences & (kOnes << 7U);
}

std::uint64_t word_at(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
}

// The first bracket or line feed; there is one.
const char* next_bracket(const char* bytes) {
    for (;; bytes += sizeof(std::uint64_t)) {
        const std::uint64_t word = word_at(bytes);
        const std::uint64_t braces = word | (kOnes << 5U);  // in which brackets differ from them
        const std::uint64_t places =
            places_of('{', braces) | places_of('}', braces) | places_of('\n', word);
        if (places != 0) return bytes + std::countr_zero(places) / 8;
    }
}

// One line's walk. Every loop and every step ends at a line feed at the latest, which is no token
// that any state expects, and each line has one. Only what the index says is believed: the text may
// be changing (a mapped file that someone writes to), so that a loop over it needs a bound of its
// own.
class Walk {
  public:
    Walk(const char* run, const TokenIndex& index, std::size_t token, const FieldPlan& plan,
         bool may_have_escapes, LineTokens& tokens)
        : run_(run),
          offsets_(index.offsets.data()),
          bytes_(index.bytes.data()),
          token_(token),
          plan_(plan),
          keys_(plan.keys_of(0)),
          may_have_escapes_(may_have_escapes),
          tokens_(tokens.data()) {
        for (Token& found : tokens)
            found = Token{};
    }

    // The next token to look at.
    [[nodiscard]] std::size_t token() const { return token_; }

    // The grammar of the root object and of the tracked ones in it. False: odd.
    bool root() {
        if (take() != '{') return false;
        if (peek() == '}') return closes_line();
        for (;;) {
            while (is_plain_member()) {
                if (const FieldPlan::Key* const key = wanted_key(token_)) {
                    note(*key, token_ + 2, value_end(token_ + 2));
                }
                token_ += 4;
            }
            if (!member()) return false;
            // Behind a value objects may end, until a comma comes.
            while (peek() == '}') {
                if (depth_ == 0) return closes_line();
                ++token_;
                leave();
            }
            if (take() != ',') return false;
        }
    }

  private:
    [[nodiscard]] char peek() const { return bytes_[token_]; }
    char take() { return bytes_[token_++]; }
    [[nodiscard]] const char* place(std::size_t token) const { return run_ + offsets_[token]; }

    // Takes the root's closing brace and the line feed.
    bool closes_line() {
        token_ += 2;
        return bytes_[token_ - 1] == '\n';
    }

    // A key, a string or scalar, and a comma.
    [[nodiscard]] bool is_plain_member() const {
        constexpr std::array<char, 4> kTokens{'"', ':', 0, ','};
        constexpr std::array<unsigned char, 4> kKnown{0xff, 0xff, 0, 0xff};
        std::uint32_t four = 0;
        std::memcpy(&four, bytes_ + token_, sizeof four);
        return (four & std::bit_cast<std::uint32_t>(kKnown)) ==
                   std::bit_cast<std::uint32_t>(kTokens) &&
               (kind_of(bytes_[token_ + 2]) & kPlainValue) != 0;
    }

    // Any key and value. Of a tracked object only the beginning is taken, and its first member.
    bool member() {
        for (;;) {
            if (bytes_[token_] != '"' || bytes_[token_ + 1] != ':') return false;
            const FieldPlan::Key* const key = wanted_key(token_);
            const std::size_t value = token_ + 2;
            const char first = bytes_[value];
            token_ += 3;
            if ((kind_of(first) & kPlainValue) != 0) {
                if (key != nullptr) note(*key, value, value_end(value));
                return true;
            }
            if ((kind_of(first) & kOpens) == 0) return false;
            if (key == nullptr) return skip_container(first);
            note(*key, value, place(value) + 1);
            if (first != '{' || plan_.keys_of(key->node).empty()) return skip_container(first);
            enter(key->node);
            if (peek() == '}') return true;
        }
    }

    void enter(std::size_t child) {
        parents_[depth_++] = node_;
        node_ = child;
        keys_ = plan_.keys_of(child);
    }

    void leave() {
        node_ = parents_[--depth_];
        keys_ = plan_.keys_of(node_);
    }

    // Null when the member is not wanted.
    [[nodiscard]] const FieldPlan::Key* wanted_key(std::size_t token) const {
        const char* const key = place(token) + 1;
        const std::uint64_t head = word_at(key);
        bool may_be_escaped = may_have_escapes_ && places_of('\\', head) != 0;
        for (const FieldPlan::Key& wanted : keys_) {
            if (((head ^ wanted.head) & wanted.head_mask) != 0) continue;
            if (wanted.is_short() || wanted.is_at(key, place(token + 1))) return &wanted;
            may_be_escaped = true;
        }
        return may_be_escaped ? wanted_escaped_key(token) : nullptr;
    }

    // If there is an escape in the key at all. A key with a bad escape names no member: `full`
    // rejects it, `structure` does not look.
    [[nodiscard]] const FieldPlan::Key* wanted_escaped_key(std::size_t token) const {
        const char* const key = place(token) + 1;
        const char* end = place(token + 1);
        while (end != key && *--end != '"') {
        }
        const std::string_view raw(key, static_cast<std::size_t>(end - key));
        if (!has_backslash(raw)) return nullptr;
        std::string unescaped;
        if (unescape(raw, unescaped) != Unescaped::text) return nullptr;
        for (const FieldPlan::Key& wanted : keys_) {
            if (*wanted.text == unescaped) return &wanted;
        }
        return nullptr;
    }

    // Behind a string or scalar: in front of the next token and of blanks.
    [[nodiscard]] const char* value_end(std::size_t token) const {
        const char* const begin = place(token);
        const char* end = place(token + 1);
        while (end != begin && is_blank_byte(end[-1])) {
            --end;
        }
        return end;
    }

    void note(const FieldPlan::Key& key, std::size_t token, const char* end) {
        const char* const begin = place(token);
        const Token value(begin, static_cast<std::size_t>(end - begin));
        if (key.leaf_slot != FieldPlan::kNoSlot) {
            tokens_[key.leaf_slot] = value;
            return;
        }
        const FieldPlan::Node& node = plan_.nodes()[key.node];
        for (std::size_t slot = node.first_slot; slot < node.last_slot; ++slot)
            tokens_[slot] = Token{};
        if (node.slot != FieldPlan::kNoSlot) tokens_[node.slot] = value;
    }

    // Over a container whose opening bracket was taken last, by its brackets alone. Of the open
    // brackets `kinds` has a bit each, the innermost lowest; 1 is {
    bool skip_container(char bracket) {
        std::uint64_t kinds = is_curly(bracket);
        const std::uint64_t outside = depth_ + 1;
        for (std::uint64_t depth = outside + 1; depth != outside;) {
            const char* const at = next_bracket(bytes_ + token_);
            token_ = static_cast<std::size_t>(at - bytes_) + 1;
            if ((kind_of(*at) & kCloses) != 0) {
                if ((kinds & 1U) != is_curly(*at)) return false;
                kinds >>= 1U;
                --depth;
            } else {
                if (*at == '\n' || depth == kFastDepth) return false;
                kinds = kinds << 1U | is_curly(*at);
                ++depth;
            }
        }
        return true;
    }

    const char* const run_;
    const std::uint32_t* const offsets_;
    const char* const bytes_;
    std::size_t token_;
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
    token_ = tokens_ = 0;
}

ScannedLine LineScanner::next(LineTokens& tokens) {
    if (token_ == tokens_ && !index_run()) return skip_line();
    LineShape shape = LineShape::blank;
    if (index_.bytes[token_] == '\n') {
        ++token_;
    } else {
        Walk walk(run_, index_, token_, *plan_, has_backslash_, tokens);
        shape = walk.root() ? LineShape::good : LineShape::odd;
        token_ = walk.token();
        // The walk may have stopped anywhere, but not behind the line feed.
        while (index_.bytes[token_ - 1] != '\n') {
            ++token_;
        }
    }
    const char* const line_end = run_ + index_.offsets[token_ - 1];
    if (!is_run_utf8_ && shape == LineShape::good && !is_utf8(line_begin_, line_end)) {
        shape = LineShape::odd;
    }
    line_begin_ = line_end + 1;
    return {shape, line_end};
}

bool LineScanner::index_run() {
    const IndexedLines indexed = kernel_.index_lines(line_begin_, end_, index_);
    run_ = line_begin_;
    token_ = 0;
    tokens_ = indexed.tokens;
    has_backslash_ = indexed.has_backslash;
    is_run_utf8_ = !indexed.has_non_ascii || is_utf8(run_, indexed.end);
    return tokens_ != 0;
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
