// Positions of set bits, one by one; see index_lines.inc.hpp. Needs first_bit(mask), the index of
// the lowest bit, or any number when there is none.

// Most blocks have few tokens. Writing some too many costs less than a branch for each; the next
// block's overwrite them.
inline std::uint32_t* write_positions(std::uint64_t tokens, std::uint32_t offset,
                                      std::uint32_t* out) {
    constexpr int kAtOnce = 8;
    std::uint32_t* const behind = out + std::popcount(tokens);
    do {
        for (int i = 0; i < kAtOnce; ++i) {
            out[i] = offset + first_bit(tokens);
            tokens &= tokens - 1;
        }
        out += kAtOnce;
    } while (out < behind);
    return behind;
}
