#include "generate/popularity.hpp"

#include <bit>

namespace stream_analyzer {

std::uint64_t draw_zipf(Draws& draws, std::uint64_t size) {
    const auto octaves = static_cast<std::uint64_t>(std::bit_width(size));
    for (;;) {
        const std::uint64_t octave_start = std::uint64_t{1} << draws.below(octaves);
        const std::uint64_t k = octave_start + draws.below(octave_start);
        if (k <= size && draws.below(k) < octave_start) return k;
    }
}

}  // namespace stream_analyzer
