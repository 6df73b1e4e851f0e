// The bytes that the fuzzer of stored parts begins with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "store/block.hpp"

namespace stream_analyzer::fuzz {

/// The first byte says what the others are: a part as it is, or blocks without frames, which get
/// right ones, so that what the checksums guard is reached.
enum class PartForm : std::uint8_t { as_it_is = 0, blocks = 1 };

/// A block without its frame: kind, length in two bytes (low first), content.
inline void append_unframed(BlockKind kind, std::string_view content, std::string& to) {
    to += static_cast<char>(kind);
    to += static_cast<char>(content.size() & 0xffU);
    to += static_cast<char>(content.size() >> 8U);
    to += content;
}

/// Blocks made of unframed ones, as far as they go.
inline void write_framed(std::string_view unframed, ByteSink& sink) {
    BlockWriter blocks(sink);
    constexpr std::size_t kHead_bytes = 3;
    while (unframed.size() >= kHead_bytes) {
        const auto byte_at = [&](std::size_t at) {
            return static_cast<std::size_t>(static_cast<unsigned char>(unframed[at]));
        };
        CodedBlock block;
        block.kind = static_cast<BlockKind>(byte_at(0));
        block.stored = unframed.substr(kHead_bytes, byte_at(1) | byte_at(2) << 8U);
        block.decoded_bytes = static_cast<std::uint32_t>(block.stored.size());
        unframed.remove_prefix(kHead_bytes + block.stored.size());
        blocks.append(block);
    }
}

}  // namespace stream_analyzer::fuzz
