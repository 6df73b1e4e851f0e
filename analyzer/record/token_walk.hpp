// The walk over one line's tokens, one by one.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "record/json_grammar.hpp"
#include "record/judge_line.hpp"
#include "record/line_notes.hpp"
#include "record/nesting.hpp"
#include "record/token_bytes.hpp"

namespace stream_analyzer {

/// Finds out whether a line is good at `kLevel`, and notes its wanted fields. At level `full` the
/// tokens are all that is left to check: the kernel has seen to the escapes, and to what stands
/// between tokens. Every loop and every step ends at a line feed at the latest, which is no token
/// that any state expects, and each line has one.
///
/// `watch(wanted, token)` is called for each key that is compared with the wanted ones of its
/// object.
template <CheckLevel kLevel, typename Watch>
class TokenWalk {
  public:
    /// `token` is the line's first.
    TokenWalk(LineNotes& notes, std::size_t token, Watch& watch)
        : notes_(notes),
          bytes_(notes.bytes()),
          token_(token),
          keys_(notes.keys_of(0)),
          watch_(watch) {}

    // The next token to look at.
    [[nodiscard]] std::size_t token() const { return token_; }

    // The grammar of the root object and of the tracked ones in it, and the line feed. False: odd.
    bool line() {
        if (take() != '{') return false;
        if (peek() == '}') return closes_line();
        for (;;) {
            while (is_plain_member()) {
                if (!is_sound(token_ + 2)) return false;
                if (const FieldPlan::Key* const key = wanted_key(token_)) {
                    notes_.note_value(*key, token_ + 2);
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

    [[nodiscard]] const FieldPlan::Key* wanted_key(std::size_t token) const {
        watch_(keys_, token);
        return notes_.wanted_key(keys_, token);
    }

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
                if (key != nullptr) notes_.note_value(*key, value);
                return true;
            }
            if ((kind_of(first) & kOpens) == 0) return false;
            if (key == nullptr) return skip_container(first);
            notes_.note_value(*key, value);
            if (first != '{' || notes_.keys_of(key->node).empty()) return skip_container(first);
            enter(key->node);
            if (peek() == '}') return true;
        }
    }

    void enter(std::size_t child) {
        parents_[depth_++] = node_;
        node_ = child;
        keys_ = notes_.keys_of(child);
    }

    void leave() {
        node_ = parents_[--depth_];
        keys_ = notes_.keys_of(node_);
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
        const char* const begin = notes_.place(token);
        const char* const end = notes_.value_end(token);
        if (begin == end) return false;  // the text has changed
        const Scan scan = begins_number(*begin)    ? scan_number(begin, end)
                          : begins_literal(*begin) ? scan_literal(begin, end)
                                                   : Scan{begin, ScanEnd::offending};
        return scan.end == ScanEnd::complete && scan.at == end;
    }

    LineNotes& notes_;
    const char* const bytes_;
    std::size_t token_;
    std::span<const FieldPlan::Key> keys_;  // of the innermost tracked object
    std::size_t node_ = 0;                  // the same
    std::size_t depth_ = 0;                 // tracked objects open in the root
    std::size_t parents_[FieldPath::kMaxKeys];
    Watch& watch_;
};

/// Watches nothing.
struct NoWatch {
    void operator()(std::span<const FieldPlan::Key> /*wanted*/, std::size_t /*token*/) const {}
};

/// Notes the line whose first token is `line`, and returns the next line's.
template <CheckLevel kLevel, typename Watch>
[[nodiscard]] std::size_t walk_line(LineNotes& notes, std::size_t line, Watch& watch) {
    notes.begin_line(line);
    LineShape shape = LineShape::blank;
    std::size_t token = line;
    if (notes.bytes()[line] != '\n') {
        TokenWalk<kLevel, Watch> walk(notes, line, watch);
        shape = walk.line() ? LineShape::good : LineShape::odd;
        // It may have stopped anywhere, but not behind the line feed.
        token = walk.token() - 1;
        while (notes.bytes()[token] != '\n')
            ++token;
    }
    notes.end_line(shape, token);
    return token + 1;
}

template <CheckLevel kLevel>
[[nodiscard]] std::size_t walk_line(LineNotes& notes, std::size_t line) {
    NoWatch none;
    return walk_line<kLevel>(notes, line, none);
}

/// Notes all lines of a run of so many tokens; see structure_kernel.hpp.
template <CheckLevel kLevel>
void walk_lines(LineNotes& notes, std::size_t tokens) {
    for (std::size_t line = 0; line < tokens;)
        line = walk_line<kLevel>(notes, line);
}

}  // namespace stream_analyzer
