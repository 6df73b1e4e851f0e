// The walk over one line's tokens.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

#include "record/field_plan.hpp"
#include "record/id_token.hpp"
#include "record/json_grammar.hpp"
#include "record/json_string.hpp"
#include "record/judge_line.hpp"
#include "record/line_tokens.hpp"
#include "record/structure_kernel.hpp"
#include "record/token_bytes.hpp"

namespace stream_analyzer {

/// The kinds of the brackets open inside of one, at most as many as fit the bits of a word.
class Nesting {
  public:
    /// `outside` brackets are open already.
    explicit Nesting(std::size_t outside) : outside_(outside), depth_(outside) {}

    /// False: too deep.
    [[nodiscard]] bool open(char bracket) {
        if (depth_ == kDeepest) return false;
        kinds_ = kinds_ << 1U | is_curly(bracket);
        ++depth_;
        return true;
    }

    /// False: it does not match what is open.
    [[nodiscard]] bool close(char bracket) {
        if ((kinds_ & 1U) != is_curly(bracket)) return false;
        kinds_ >>= 1U;
        --depth_;
        return true;
    }

    [[nodiscard]] bool is_closed() const { return depth_ == outside_; }
    [[nodiscard]] bool is_object() const { return (kinds_ & 1U) != 0; }

  private:
    static constexpr std::size_t kDeepest = 64;

    std::uint64_t kinds_ = 0;  // the innermost in bit 0; 1 is {
    std::size_t outside_;
    std::size_t depth_;
};

/// Finds out whether a line is good at `kLevel`, and notes its wanted fields. At level `full` the
/// tokens are all that is left to check: the kernel has seen to the escapes, and to what stands
/// between tokens. Every loop and every step ends at a line feed at the latest, which is no token
/// that any state expects, and each line has one. Only what the index says is believed: the text
/// may be changing (a mapped file that someone writes to), so that a loop over it needs a bound of
/// its own.
template <CheckLevel kLevel>
class TokenWalk {
  public:
    TokenWalk(const char* run, const TokenIndex& index, std::size_t token, const FieldPlan& plan,
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
                if (!is_sound(token_ + 2)) return false;
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
                if (!is_sound(value)) return false;
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

    // Over a container whose opening bracket was taken last: at `structure` by its brackets alone.
    bool skip_container(char bracket) {
        if constexpr (kLevel == CheckLevel::full) return check_container(bracket);
        Nesting nesting(depth_ + 1);
        if (!nesting.open(bracket)) return false;
        while (!nesting.is_closed()) {
            const char* const at = next_bracket(bytes_ + token_);
            token_ = static_cast<std::size_t>(at - bytes_) + 1;
            if ((kind_of(*at) & kCloses) != 0) {
                if (!nesting.close(*at)) return false;
            } else if (*at == '\n' || !nesting.open(*at)) {
                return false;
            }
        }
        return true;
    }

    // Over a container whose opening bracket was taken last, by its whole grammar.
    bool check_container(char bracket) {
        Nesting nesting(depth_ + 1);
        if (!nesting.open(bracket)) return false;
        for (bool is_empty = true; !nesting.is_closed();) {
            if (is_empty && (kind_of(peek()) & kCloses) != 0) {
                if (!nesting.close(take())) return false;
                is_empty = false;
            } else {
                if (nesting.is_object() && (take() != '"' || take() != ':')) return false;
                const std::size_t value = token_;
                const char first = take();
                is_empty = (kind_of(first) & kOpens) != 0;
                if (is_empty) {
                    if (!nesting.open(first)) return false;
                    continue;
                }
                if ((kind_of(first) & kPlainValue) == 0 || !is_sound(value)) return false;
            }
            // Behind a value containers may end, until a comma comes.
            while (!nesting.is_closed() && (kind_of(peek()) & kCloses) != 0) {
                if (!nesting.close(take())) return false;
            }
            if (!nesting.is_closed() && take() != ',') return false;
        }
        return true;
    }

    // Of a token that begins a string or scalar: what is inside of strings the kernel has seen to.
    [[nodiscard]] bool is_sound(std::size_t token) const {
        if constexpr (kLevel == CheckLevel::structure) return true;
        if (bytes_[token] == '"') return true;
        const char* const begin = place(token);
        const char* const end = value_end(token);
        if (begin == end) return false;  // the text has changed
        const Scan scan = begins_number(*begin)    ? scan_number(begin, end)
                          : begins_literal(*begin) ? scan_literal(begin, end)
                                                   : Scan{begin, ScanEnd::offending};
        return scan.end == ScanEnd::complete && scan.at == end;
    }

    const char* const run_;
    const std::uint32_t* const offsets_;
    const char* const bytes_;
    std::size_t token_;
    const FieldPlan& plan_;
    std::span<const FieldPlan::Key> keys_;  // of the innermost tracked object
    const bool may_have_escapes_;
    Token* const tokens_;
    std::size_t node_ = 0;   // the innermost tracked object
    std::size_t depth_ = 0;  // tracked objects open in the root
    std::size_t parents_[FieldPath::kMaxKeys];
};

}  // namespace stream_analyzer
