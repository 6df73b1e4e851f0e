// The lines of a run, each with its wanted fields.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "record/line_tokens.hpp"

namespace stream_analyzer {

/// good:  judge_line() at the scanner's level would accept it, and its tokens are the same.
/// blank: only space, tab and CR.
/// odd:   anything else. judge_line decides; it may still accept the line (a last line without line
///        feed, one of millions of tokens, more than 64 brackets open at once; at level `structure`
///        a backslash outside strings).
enum class LineShape : std::uint8_t { good, blank, odd };

/// Lines in a row. Room is kept from run to run.
class LineBatch {
  public:
    /// `slots` wanted fields a line.
    explicit LineBatch(std::size_t slots) : slots_(slots) {}

    void clear() { size_ = 0; }

    /// Where the tokens of the next line go, all empty. Valid until add().
    [[nodiscard]] Token* next_tokens() {
        if (size_ == lines_.size()) grow();
        Token* const tokens = tokens_.data() + size_ * slots_;
        for (std::size_t slot = 0; slot < slots_; ++slot)
            tokens[slot] = Token{};
        return tokens;
    }

    /// Adds the line whose tokens were noted there; `line_end` is its line feed.
    void add(LineShape shape, const char* line_end) { lines_[size_++] = {line_end, shape}; }

    struct Line {
        const char* line_end = nullptr;
        LineShape shape = LineShape::odd;
    };
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] const Line& operator[](std::size_t line) const { return lines_[line]; }
    /// They have no meaning unless the line is good.
    [[nodiscard]] std::span<const Token> tokens_of(std::size_t line) const {
        return {tokens_.data() + line * slots_, slots_};
    }

  private:
    static constexpr std::size_t kFirstLines = 64;

    [[gnu::noinline]] void grow() {
        lines_.resize(std::max<std::size_t>(kFirstLines, 2 * size_));
        tokens_.resize(lines_.size() * slots_);
    }

    std::size_t slots_;
    std::size_t size_ = 0;
    std::vector<Line> lines_;
    std::vector<Token> tokens_;
};

}  // namespace stream_analyzer
