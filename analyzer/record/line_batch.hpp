// The lines of a run, each with the places of its wanted fields.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "record/json_grammar.hpp"
#include "record/line_tokens.hpp"

namespace stream_analyzer {

/// good:  judge_line() at the scanner's level would accept it, and its tokens are the same.
/// blank: only space, tab and CR.
/// odd:   anything else. judge_line decides; it may still accept the line (a last line without line
///        feed, one of millions of tokens, more than 64 brackets open at once; at level `structure`
///        a backslash outside strings).
enum class LineShape : std::uint8_t { good, blank, odd };

/// Where a token begins in its run, and where the next one does. None: both are 0, where a run's
/// first line begins.
struct TokenPlace {
    std::uint32_t begin = 0;
    std::uint32_t next = 0;

    [[nodiscard]] bool is_none() const { return begin == 0; }
};

/// Behind the last byte in front of `end` that is no blank; `begin` if all are.
[[nodiscard]] inline const char* behind_last_byte(const char* begin, const char* end) {
    while (end != begin && is_blank_byte(end[-1])) {
        --end;
    }
    return end;
}

/// Lines in a row. Room is kept from run to run.
class LineBatch {
  public:
    /// `slots` wanted fields a line.
    explicit LineBatch(std::size_t slots) : slots_(slots) {}

    /// Forgets all lines; the next ones stand in `run`, which is borrowed.
    void start(const char* run) {
        run_ = run;
        size_ = 0;
    }

    // The next line is noted slot by slot, until end_line() adds it to the others.

    /// Forgets what is noted of the next line.
    void begin_line() {
        make_room(1);
        std::fill_n(next_places(), slots_, TokenPlace{});
    }
    [[nodiscard]] TokenPlace& next_place(std::size_t slot) { return next_places()[slot]; }
    /// `line_feed` is the offset of the line's end.
    void end_line(LineShape shape, std::uint32_t line_feed) {
        lines_[size_++] = {line_feed, shape};
    }

    // Or the next lines are noted together, one slot of each after the other.

    /// Room for so many lines more.
    void make_room(std::size_t lines) {
        if (size_ + lines > lines_.size()) grow(size_ + lines);
    }

    struct Line {
        std::uint32_t line_feed = 0;
        LineShape shape = LineShape::odd;
    };
    [[nodiscard]] Line* next_lines() { return lines_.data() + size_; }
    /// Of the next line and those behind it: slots() for each.
    [[nodiscard]] TokenPlace* next_places() { return places_.data() + size_ * slots_; }
    void end_lines(std::size_t lines) { size_ += lines; }

    [[nodiscard]] std::size_t slots() const { return slots_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    /// Of all lines with their line feeds; there must be one.
    [[nodiscard]] std::size_t run_bytes() const { return lines_[size_ - 1].line_feed + 1U; }
    [[nodiscard]] LineShape shape(std::size_t line) const { return lines_[line].shape; }
    [[nodiscard]] const char* line_end(std::size_t line) const {
        return run_ + lines_[line].line_feed;
    }
    /// Places and tokens have no meaning unless the line is good.
    [[nodiscard]] TokenPlace place(std::size_t line, std::size_t slot) const {
        return places_[line * slots_ + slot];
    }
    [[nodiscard]] Token token(std::size_t line, std::size_t slot) const {
        const TokenPlace place = this->place(line, slot);
        if (place.is_none()) return {};
        const char* const begin = run_ + place.begin;
        // Behind an opening bracket there are only blanks too.
        const char* const end = behind_last_byte(begin, run_ + place.next);
        return {begin, static_cast<std::size_t>(end - begin)};
    }

  private:
    static constexpr std::size_t kFirstLines = 256;

    [[gnu::noinline]] void grow(std::size_t lines) {
        lines_.resize(std::max({kFirstLines, lines, 2 * lines_.size()}));
        places_.resize(lines_.size() * slots_);
    }

    std::size_t slots_;
    const char* run_ = nullptr;
    std::size_t size_ = 0;
    std::vector<Line> lines_;
    std::vector<TokenPlace> places_;
};

}  // namespace stream_analyzer
