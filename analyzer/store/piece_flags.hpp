// The flags of a window's pieces: see run_format.hpp.
#pragma once

#include <cstdint>

namespace stream_analyzer {

inline constexpr std::uint8_t kFirstPiece = 1;
inline constexpr std::uint8_t kLastPiece = 2;
inline constexpr std::uint8_t kIdGoesOn = 4;
inline constexpr std::uint8_t kNoRow = 8;
inline constexpr std::uint8_t kKnownPieceFlags = kFirstPiece | kLastPiece | kIdGoesOn | kNoRow;

}  // namespace stream_analyzer
