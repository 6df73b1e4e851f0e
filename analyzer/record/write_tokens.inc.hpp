// Writes tokens one by one; see index_lines.inc.hpp. Needs first_bit(mask), the index of the lowest
// bit, or any number up to 64 when there is none, and Block::bytes(), where the block was loaded.

// Most blocks have few tokens. Writing some too many costs less than a branch for each; the next
// block's overwrite them. Twelve at once are 3 % faster than eight, and no slower than sixteen.
inline void write_tokens(const Block& block, std::uint64_t tokens, std::uint32_t offset,
                         std::uint32_t* offsets, char* bytes) {
    constexpr int kAtOnce = 12;
    for (int left = std::popcount(tokens); left > 0; left -= kAtOnce) {
        for (int i = 0; i < kAtOnce; ++i) {
            const std::uint32_t index = first_bit(tokens);
            offsets[i] = offset + index;
            bytes[i] = block.bytes()[index];
            tokens &= tokens - 1;
        }
        offsets += kAtOnce;
        bytes += kAtOnce;
    }
}
