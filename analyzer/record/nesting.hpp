// Which brackets are open.
#pragma once

#include <cstddef>
#include <cstdint>

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

}  // namespace stream_analyzer
