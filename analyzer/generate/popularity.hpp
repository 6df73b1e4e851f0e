// Which user a record belongs to.
#pragma once

#include <cstdint>

#include "generate/draws.hpp"
#include "generate/generate_options.hpp"

namespace stream_analyzer {

/// A number k of [1, size] with a probability proportional to 1/k (Zipf, s = 1), by rejection: an
/// octave [2^b, 2^(b+1)) is drawn evenly, k evenly in it, and k is kept with probability 2^b / k.
/// Since every octave is proposed equally often, what is kept is exactly proportional to 1/k. No
/// table and no logarithm; 1.44 = 1/ln 2 rounds on average where `size` + 1 is a power of two, and
/// less than one octave's share more elsewhere.
[[nodiscard]] std::uint64_t draw_zipf(Draws& draws, std::uint64_t size);

/// The user, below `users`. Under Zipf user 0 is the most popular.
[[nodiscard]] inline std::uint64_t draw_user(Draws& draws, std::uint64_t users,
                                             Popularity popularity) {
    return popularity == Popularity::zipf ? draw_zipf(draws, users) - 1 : draws.below(users);
}

}  // namespace stream_analyzer
